// All kernels of one instruction set. Included by one file per set, inside its target attribute.
#include "lanes.h"

#include "lanes_functions.h"

#include "lanes_elementwise.h"
#include "lanes_packing.h"
#include "lanes_matmul.h"
#include "lanes_random.h"
#include "lanes_rows.h"
#include "lanes_encoder.h"
#include "lanes_updates.h"

#include "table.h"
