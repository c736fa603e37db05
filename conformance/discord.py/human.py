"""The people, played over the sandbox's control API."""

import os

import aiohttp

BASE = f"{os.environ['SANDBOX_URL']}/sandbox"
GUILD = os.environ["SANDBOX_GUILD"]


async def control(method, path, body=None):
    async with aiohttp.ClientSession() as http:
        async with http.request(method, BASE + path, json=body) as answer:
            told = await answer.json()
            assert answer.status == 200, f"{method} {path}: {told['error']}"
            return told


async def act(who, verb, **body):
    """`act("Bob", "click", message=…, button="Press")`: waits for the bot's first answer."""
    return await control("POST", f"/guilds/{GUILD}/users/{who}/{verb}", body)


async def hand(**change):
    """A change by hand, by the owner unless `by` names somebody."""
    return await control("POST", f"/guilds/{GUILD}/hand", change)


async def look(who, what):
    """What somebody can see."""
    return await control("GET", f"/guilds/{GUILD}/users/{who}/{what}")


async def calls(operation):
    """The bot's calls of one operation since the last `forget`."""
    return [one for one in await control("GET", "/requests") if one["operation"] == operation]


async def forget():
    await control("DELETE", "/requests")
