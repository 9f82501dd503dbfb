// Constants of the float functions, shared by the scalar oracle and the vector kernels.
// Polynomials are minimax fits whose coefficients were rounded to float one after the other, the
// rest being fitted again; every function is verified over all floats (Tools/verify-functions).
#ifndef ASSAY_FUNCTION_CONSTANTS_H
#define ASSAY_FUNCTION_CONSTANTS_H

#define LOG2E 0x1.715476p+0f
// ln 2 = LN2_HI + LN2_LO; n·LN2_HI is exact for |n| < 2⁹.
#define LN2_HI 0x1.62e4p-1f
#define LN2_LO 0x1.7f7d1cp-20f
#define LN2 0x1.62e430p-1f
// 1.5·2²³: adding it rounds to an integer that stands in the low bits.
#define ROUNDER 0x1.8p23f

// (e^r − 1 − r)/r² on |r| <= ln 2/2.
#define EXP_C0 0x1.000000p-1f
#define EXP_C1 0x1.555556p-3f
#define EXP_C2 0x1.5554e8p-5f
#define EXP_C3 0x1.110ffcp-7f
#define EXP_C4 0x1.6d4cd6p-10f
#define EXP_C5 0x1.a25530p-13f

// (e^r − 1 − r)/r² again, with small error relative to r.
#define EXPM1_C0 0x1.000000p-1f
#define EXPM1_C1 0x1.555556p-3f
#define EXPM1_C2 0x1.5554f6p-5f
#define EXPM1_C3 0x1.111004p-7f
#define EXPM1_C4 0x1.6d3c98p-10f
#define EXPM1_C5 0x1.a242eep-13f

// (log(1+f) − f + f²/2)/f³ on [−1/3, 1/3].
#define LOG_C0 0x1.555558p-2f
#define LOG_C1 -0x1.ffff16p-3f
#define LOG_C2 0x1.999666p-3f
#define LOG_C3 -0x1.5597dep-3f
#define LOG_C4 0x1.25179ap-3f
#define LOG_C5 -0x1.f3a7ecp-4f
#define LOG_C6 0x1.b5493cp-4f
#define LOG_C7 -0x1.06d3aap-3f
#define LOG_C8 0x1.f85674p-4f

// The same on [−1/4, 1/2].
#define LOG1P_C0 0x1.555554p-2f
#define LOG1P_C1 -0x1.00000ap-2f
#define LOG1P_C2 0x1.999b58p-3f
#define LOG1P_C3 -0x1.5551c4p-3f
#define LOG1P_C4 0x1.244146p-3f
#define LOG1P_C5 -0x1.ffa520p-4f
#define LOG1P_C6 0x1.d1ba9ep-4f
#define LOG1P_C7 -0x1.b20272p-4f
#define LOG1P_C8 0x1.4e853ap-4f
#define LOG1P_C9 -0x1.0c20d8p-5f

// erf(x)/x − 1 in x², |x| <= ERF_SPLIT.
#define ERF_SPLIT 0x1.f4p-1f
#define ERF_A0 0x1.06eba8p-3f
#define ERF_A1 -0x1.812740p-2f
#define ERF_A2 0x1.ce2d74p-4f
#define ERF_A3 -0x1.b80450p-6f
#define ERF_A4 0x1.54833ep-8f
#define ERF_A5 -0x1.a99dfap-11f
#define ERF_A6 0x1.69dafap-14f
#define ERF_A7 -0x1.256a38p-19f
// exp(t²)·erfc(t) in t − ERF_CENTRE on [0.976, 3.95]; erf is 1 beyond ERF_ONE.
#define ERF_ONE 3.95f
#define ERF_CENTRE 2.25f
#define ERF_B0 0x1.d9443cp-3f
#define ERF_B1 -0x1.6a6d4ep-4f
#define ERF_B2 0x1.063a9cp-5f
#define ERF_B3 -0x1.685fc0p-7f
#define ERF_B4 0x1.ce32bep-9f
#define ERF_B5 -0x1.50db2ep-10f
#define ERF_B6 0x1.6fe7f8p-12f
#define ERF_B7 0x1.00c97cp-15f
#define ERF_B8 0x1.d9b91cp-14f

// sin(πr) = PI_HI·r + r·(PI_LO + r²·S(r²)), |r| <= 1/4.
// cos(πr) = 1 + COSPI_C0·r² + r²·(COSPI_LO + r²·C(r²)).
#define PI_HI 0x1.921fb6p+1f
#define PI_LO -0x1.777a5cp-24f
#define SINPI_C0 -0x1.4abbcep+2f
#define SINPI_C1 0x1.466b78p+1f
#define SINPI_C2 -0x1.32adc0p-1f
#define SINPI_C3 0x1.44467ap-4f
#define COSPI_C0 -0x1.3bd3ccp+2f
#define COSPI_LO -0x1.37c8bcp-23f
#define COSPI_C1 0x1.03c1e8p+2f
#define COSPI_C2 -0x1.55c9dep+0f
#define COSPI_C3 0x1.dac7d4p-3f

// GELU.
#define SQRT_HALF 0x1.6a09e6p-1f          // √½
#define INV_SQRT_2PI 0x1.988454p-2f       // 1/√(2π)
#define SQRT_2_OVER_PI 0x1.988454p-1f     // √(2/π)
#define GELU_CUBE 0x1.6e4e26p-5f          // 0.044715
#define GELU_CUBE3 0x1.12ba9ep-3f         // 3·0.044715

#endif
