"""Writes the files that Assay must read, and write byte for byte, with the official library.

    pip install safetensors==0.8.0
    python make_safetensors.py
"""

import ctypes
import pathlib
import struct

import safetensors

FOLDER = pathlib.Path(__file__).parent


def tensor(dtype, shape, code, values):
    data = struct.pack(f"<{len(values)}{code}", *values)
    return dtype, shape, ctypes.create_string_buffer(data, len(data)), len(data)


def write(name, tensors, metadata):
    specs = {
        key: safetensors.TensorSpec(
            dtype=dtype, shape=shape, data_ptr=ctypes.addressof(buffer), data_len=length
        )
        for key, (dtype, shape, buffer, length) in tensors.items()
    }
    (FOLDER / name).write_bytes(safetensors.serialize(specs, metadata))


# Types that Assay writes: its own file of the same contents has the same bytes.
write(
    "written.safetensors",
    {
        "名/é": tensor("float32", [2, 3], "f", [0.5, -0.0, 1.5, -2.25, float("inf"), 1e-45]),
        "a \"quoted\" \\ name\n\t\x01": tensor("float32", [3], "I", [0x7FC00001, 0xFF800000, 0x7F800001]),
        "rank4": tensor("float32", [1, 2, 1, 3], "f", [1, 2, 3, 4, 5, 6]),
        "scalar": tensor("float32", [], "f", [7]),
        "empty": tensor("float32", [0, 3], "f", []),
        "10.weight": tensor("float32", [1], "f", [10]),
        "2.weight": tensor("float32", [1], "f", [2]),
        "doubles": tensor("float64", [3], "Q", [0x8000000000000000, 0x7FF8000000000123, 0x3FB999999999999A]),
        "integers": tensor("int64", [2], "q", [-(2**63), 2**63 - 1]),
        "bytes": tensor("uint8", [3], "B", [0, 127, 255]),
    },
    {"format": "pt"},
)

# Types that Assay reads besides.
write(
    "read.safetensors",
    {
        "half": tensor("float16", [2, 3], "H", [0x3E00, 0x8000, 0x7BFF, 0x0001, 0x7C00, 0xC000]),
        "brain": tensor("bfloat16", [4], "H", [0x3FC0, 0x8000, 0x7F80, 0xC000]),
        "double": tensor("float64", [2, 2], "d", [0.1, -1e300, 16777217.0, 0.0]),
        "position_ids": tensor("int64", [1, 4], "q", [0, 1, 2, 3]),
        "mask": tensor("bool", [2], "B", [1, 0]),
        "rank5": tensor("float32", [1, 1, 1, 1, 2], "f", [1, 2]),
        "small": tensor("int32", [2], "i", [-1, 1]),
    },
    None,
)
