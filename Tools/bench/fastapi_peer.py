"""The same two questions answered by FastAPI and asyncpg, written the way their documentation shows.

It does less for an answer than the platform: no token, no scope of row-level security, no ETag, no metrics, no line in
the log. So the comparison favours it.
"""
import contextlib
import os

import asyncpg
import fastapi

COLUMNS = "code, name_zh, name_en, level, parent_code, area_km2, roles, focus_industries, source_file, source_locator"


@contextlib.asynccontextmanager
async def lifespan(app):
    async with asyncpg.create_pool(os.environ["PEER_DATABASE"], min_size=10, max_size=10) as app.state.pool:
        yield


app = fastapi.FastAPI(lifespan=lifespan)


def region(row):
    document = {
        "code": row["code"],
        "name": {"zh": row["name_zh"], "en": row["name_en"]},
        "level": row["level"],
        "roles": row["roles"],
        "focusIndustries": row["focus_industries"],
        "source": {"file": row["source_file"], "locator": row["source_locator"]},
    }
    if row["parent_code"] is not None:
        document["parent"] = row["parent_code"]
    if row["area_km2"] is not None:
        document["areaSquareKilometres"] = str(row["area_km2"])
    return document


@app.get("/constant")
async def constant():
    return {"name": "peer"}


@app.get("/v1/regions/{code}")
async def one(code: str):
    row = await app.state.pool.fetchrow(f"SELECT {COLUMNS} FROM registry.region WHERE code = $1", code)
    if row is None:
        raise fastapi.HTTPException(404)
    return region(row)


@app.get("/v1/regions")
async def page(limit: int = 100, after: str | None = None):
    rows = await app.state.pool.fetch(
        f"SELECT {COLUMNS} FROM registry.region WHERE $1::text IS NULL OR code > $1 ORDER BY code LIMIT $2",
        after, limit + 1)
    items = [region(row) for row in rows[:limit]]
    return {"items": items, "next": items[-1]["code"]} if len(rows) > limit else {"items": items}
