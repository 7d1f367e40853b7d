/* order.h: the smaller and the larger of two whole numbers. */
#ifndef NST_ORDER_H
#define NST_ORDER_H

static inline int smaller(int a, int b)
{
    return a < b ? a : b;
}

static inline int larger(int a, int b)
{
    return a > b ? a : b;
}

#endif
