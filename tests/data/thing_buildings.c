/* thing_buildings.c: the house with its lit windows, the jetty, and the rowing boat. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "things.h"
#include "ui/styles/drawing/noise.h"

static const Vec3 lamplight = {2.95f, 1.15f, 0.22f};

/* A point of the house: x along its front, y up, z backwards, turned a little to show the left gable. */
static Vec3 house_point(Vec3 foot, float x, float y, float z)
{
    const float cosine = 0.90f, sine = 0.436f;
    return vec3_add(foot, vec3(cosine * x - sine * z, y, cosine * z + sine * x));
}

enum { FRONT_LOGS = 12, GABLE_LOGS = 19 };
static const float HOUSE_WIDTH = 8.4f, HOUSE_LENGTH = 5.6f, LOG = 0.24f, RIDGE = 4.9f, EAVES = 2.88f;

static Vec3 timber(int i, uint32_t seed)
{
    float tone = 0.75f + 0.5f * noise_hash(i, 0, seed);
    return vec3(0.20f * tone, 0.105f * tone, 0.05f * tone);
}

/* An upright rectangle parallel to the front. */
static void house_panel(Thing *house, Vec3 foot, float left, float right, float low, float high, float z,
                        Vec3 albedo)
{
    thing_quad(house, house_point(foot, left, low, z), house_point(foot, right, low, z),
               house_point(foot, right, high, z), house_point(foot, left, high, z), albedo);
}

static void house_walls(Thing *house, Vec3 foot)
{
    enum { PIECES = 12 }; /* short enough to be sorted against the windows */
    float half = 0.5f * HOUSE_WIDTH, deep = 0.5f * HOUSE_LENGTH;
    for (int k = 0; k < PIECES * FRONT_LOGS; k++) {
        int i = k / PIECES;
        float left = -half + HOUSE_WIDTH * (float)(k % PIECES) / PIECES, right = left + HOUSE_WIDTH / PIECES;
        float low = LOG * (float)i, seam = low + 0.05f;
        house_panel(house, foot, left, right, seam, low + LOG, -deep, timber(i, 1));
        house_panel(house, foot, left, right, low, seam, -deep, vec3(0.03f, 0.018f, 0.010f));
    }
    for (int i = 0; i < GABLE_LOGS; i++) {
        float low = LOG * (float)i, high = low + LOG - 0.03f;
        float reach_low = low < EAVES ? deep : deep * (RIDGE - low) / (RIDGE - EAVES);
        float reach = high < EAVES ? deep : deep * (RIDGE - high) / (RIDGE - EAVES);
        thing_quad(house, house_point(foot, -half, low, reach_low), house_point(foot, -half, low, -reach_low),
                   house_point(foot, -half, high, -reach), house_point(foot, -half, high, reach),
                   timber(i, 2));
    }
}

static void house_roof(Thing *house, Vec3 foot)
{
    enum { ROWS = 9, COLUMNS = 22 };
    float half = 0.5f * HOUSE_WIDTH + 0.7f, deep = 0.5f * HOUSE_LENGTH + 0.8f;
    float rise = RIDGE + 0.15f, drop = (RIDGE - EAVES) / (0.5f * HOUSE_LENGTH) * deep;
    for (int j = 0; j < ROWS; j++)
        for (int i = 0; i < COLUMNS; i++) {
            float low = 1 - (float)j / ROWS, high = 1 - (float)(j + 1) / ROWS;
            float left = -half + 2 * half * (float)i / COLUMNS, right = left + 2 * half / COLUMNS;
            float tone = 0.7f + 0.6f * noise_hash(i, j, 5), sag = 0.05f * noise_hash(i, j, 6);
            thing_quad(house, house_point(foot, left, rise - drop * low - sag, -deep * low),
                       house_point(foot, right, rise - drop * low - sag, -deep * low),
                       house_point(foot, right, rise - drop * high, -deep * high),
                       house_point(foot, left, rise - drop * high, -deep * high),
                       vec3(0.17f * tone, 0.085f * tone, 0.065f * tone));
        }
    /* The verge boards of the gable, which catch the sun. */
    for (int side = -1; side <= 1; side += 2)
        thing_stroke(house, house_point(foot, -half, rise, 0),
                     house_point(foot, -half, rise - drop, (float)side * deep), 0.26f,
                     lit(vec3(0.34f, 0.20f, 0.11f), vec3(-1, 0, 0)));
}

/* A window in the front wall, two panes wide, brighter below where the lamp stands. */
static void house_window(Thing *house, Vec3 foot, float left, float low, float width, float height)
{
    float wall = -0.5f * HOUSE_LENGTH - 0.06f, right = left + width, high = low + height;
    float middle = 0.5f * (left + right), pane = wall - 0.05f;
    house_panel(house, foot, left - 0.13f, right + 0.13f, low - 0.13f, high + 0.13f, wall,
                vec3(0.30f, 0.20f, 0.12f));
    float panes[2] = {left, middle + 0.04f};
    for (int i = 0; i < 2; i++) {
        float end = panes[i] + 0.5f * width - 0.04f, break_at = low + 0.45f * height;
        thing_lamp(house, house_point(foot, panes[i], low, pane), house_point(foot, end, low, pane),
                   house_point(foot, end, break_at, pane), house_point(foot, panes[i], break_at, pane),
                   lamplight);
        thing_lamp(house, house_point(foot, panes[i], break_at + 0.06f, pane),
                   house_point(foot, end, break_at + 0.06f, pane), house_point(foot, end, high, pane),
                   house_point(foot, panes[i], high, pane), vec3_scale(lamplight, 0.75f));
    }
}

static void house_chimney(Thing *house, Vec3 foot)
{
    float left = 1.5f, right = 2.3f, front = 0.5f, back = 1.3f, low = 3.2f, high = 6.0f;
    Vec3 stone = vec3(0.22f, 0.18f, 0.16f);
    thing_quad(house, house_point(foot, left, low, front), house_point(foot, right, low, front),
               house_point(foot, right, high, front), house_point(foot, left, high, front), stone);
    thing_quad(house, house_point(foot, left, low, back), house_point(foot, left, low, front),
               house_point(foot, left, high, front), house_point(foot, left, high, back), stone);
}

Thing thing_house(Vec3 foot)
{
    Thing house = {.depth = foot.z};
    house_chimney(&house, foot);
    house_walls(&house, foot);
    house_roof(&house, foot);
    house_window(&house, foot, -2.9f, 0.85f, 1.6f, 1.35f);
    house_window(&house, foot, 1.5f, 0.85f, 1.6f, 1.35f);
    float wall = -0.5f * HOUSE_LENGTH - 0.08f;
    house_panel(&house, foot, -0.6f, 0.5f, 0, 2.05f, wall, vec3(0.09f, 0.05f, 0.03f));
    return house;
}

Thing thing_jetty(Vec3 from, Vec3 to)
{
    enum { PLANKS = 26, POSTS = 5 };
    Thing jetty = {.depth = 0.5f * (from.z + to.z)};
    Vec3 along = vec3_sub(to, from), aside = vec3_scale(vec3_unit(vec3(along.z, 0, -along.x)), 1.0f);
    for (int i = 0; i < POSTS; i++)
        for (int side = -1; side <= 1; side += 2) {
            Vec3 top = vec3_add(vec3_add(from, vec3_scale(along, ((float)i + 0.7f) / POSTS)),
                                vec3_scale(aside, (float)side));
            top.y += 0.35f;
            thing_stroke(&jetty, vec3(top.x, 0, top.z), top, 0.2f,
                         lit(vec3(0.10f, 0.07f, 0.05f), vec3(-0.5f, 0, -0.86f)));
        }
    for (int i = 0; i < PLANKS; i++) {
        Vec3 a = vec3_add(from, vec3_scale(along, (float)i / PLANKS));
        Vec3 b = vec3_add(from, vec3_scale(along, ((float)i + 0.88f) / PLANKS));
        float tone = 0.7f + 0.6f * noise_hash(i, 0, 9);
        Vec3 wood = vec3(0.20f * tone, 0.13f * tone, 0.085f * tone), down = vec3(0, -0.22f, 0);
        Vec3 b_near = vec3_sub(b, aside), a_near = vec3_sub(a, aside);
        thing_quad(&jetty, b_near, a_near, vec3_add(a, aside), vec3_add(b, aside), wood);
        thing_quad(&jetty, vec3_add(b_near, down), vec3_add(a_near, down), a_near, b_near,
                   vec3_scale(wood, 0.4f));
    }
    return jetty;
}

/* A point of the hull: along from stern (-1) to bow (1), around from the left rim (-1) by the keel to the
 * right rim (1). */
static Vec3 hull_point(Vec3 middle, float turn, float along, float around)
{
    float belly = 1 - 0.55f * along * along * (along > 0 ? 1.7f * along : 0.6f); /* the bow is pointed */
    float half = 0.72f * (belly < 0.05f ? 0.05f : belly);
    float rim = 0.50f + 0.22f * along * along;
    float angle = 1.5708f * around, y = rim * (1 - cosf(angle)) - 0.08f, aside = half * sinf(angle);
    float x = 2.15f * along + (along > 0 ? 0.12f * y : 0);
    return vec3_add(middle,
                    vec3(x * cosf(turn) - aside * sinf(turn), y, x * sinf(turn) + aside * cosf(turn)));
}

static void boat_hull(Thing *boat, Vec3 middle, float turn)
{
    enum { RIBS = 20, STRAKES = 10 };
    const Vec3 rim = {0.36f, 0.25f, 0.15f}, outside = {0.36f, 0.045f, 0.03f}, inside = {0.11f, 0.055f, 0.03f};
    for (int i = 0; i < RIBS; i++)
        for (int j = 0; j < STRAKES; j++) {
            float a0 = -1 + 2 * (float)i / RIBS, a1 = -1 + 2 * (float)(i + 1) / RIBS;
            float r0 = -1 + 2 * (float)j / STRAKES, r1 = -1 + 2 * (float)(j + 1) / STRAKES;
            Vec3 p = hull_point(middle, turn, a0, r0), q = hull_point(middle, turn, a1, r0);
            Vec3 r = hull_point(middle, turn, a1, r1), s = hull_point(middle, turn, a0, r1);
            bool at_rim = j == 0 || j == STRAKES - 1;
            if (j < STRAKES / 2) /* of the near half the outside is seen, of the far half the inside */
                thing_quad(boat, s, r, q, p, at_rim ? rim : outside);
            else
                thing_quad(boat, p, q, r, s, at_rim ? rim : inside);
        }
}

static void boat_thwart(Thing *boat, Vec3 middle, float turn, float along)
{
    const float half = 0.07f, reach = 0.78f; /* of the way round to the rim */
    thing_quad(boat, hull_point(middle, turn, along - half, -reach),
               hull_point(middle, turn, along + half, -reach), hull_point(middle, turn, along + half, reach),
               hull_point(middle, turn, along - half, reach), vec3(0.27f, 0.18f, 0.10f));
}

Thing thing_boat(Vec3 middle, float turn)
{
    Thing boat = {.depth = middle.z};
    boat_hull(&boat, middle, turn);
    for (int i = -1; i <= 1; i++)
        boat_thwart(&boat, middle, turn, 0.42f * (float)i - 0.06f);
    Vec3 grip = vec3_add(hull_point(middle, turn, 0.25f, 0.5f), vec3(0, 0.35f, 0));
    Vec3 blade = vec3_add(hull_point(middle, turn, -0.75f, -1), vec3(-0.35f, 0.16f, -0.2f));
    thing_stroke(&boat, grip, blade, 0.075f, lit(vec3(0.5f, 0.36f, 0.2f), vec3(-0.5f, 0.8f, -0.2f)));
    return boat;
}
