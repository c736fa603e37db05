"""The steps of conformance/README.md with discord.py."""

import asyncio
import os
import sys

import discord
import yarl

from bot import Bot, add_greet
from human import act, calls, control, forget, hand, look
from steps import result, step, until

# The two settings that point a bot at another Discord.
url = yarl.URL(os.environ["SANDBOX_URL"])
discord.http.Route.BASE = f"{url}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = url.with_scheme("ws")


class Steps:
    def __init__(self, client):
        self.client = client

    async def log_in(self):
        await self.client.login(os.environ["SANDBOX_TOKEN"])
        self.connection = asyncio.create_task(self.client.connect())
        await until("ready", self.client.is_ready)
        assert self.client.user.bot

    async def caches(self):
        self.guild = guild = self.client.get_guild(int(os.environ["SANDBOX_GUILD"]))
        assert guild.name == "Conformance"
        assert sorted(role.name for role in guild.roles) == ["@everyone", "Bot", "Player"]
        assert str(discord.utils.get(guild.roles, name="Player").color) == "#3498db"
        self.general = discord.utils.get(guild.text_channels, name="general")
        assert self.general.topic == "Everything"
        assert discord.utils.get(guild.voice_channels, name="Round Table").category.name == "Games"
        await guild.chunk()
        assert guild.chunked and len(guild.members) == guild.member_count == 4
        self.bob = discord.utils.get(guild.members, display_name="Bobby")
        assert self.bob.top_role.name == "Player"
        assert guild.owner.global_name == "Olga"

    async def register_commands(self):
        add_greet(self.client.tree, self.guild)
        await self.client.tree.sync(guild=self.guild)
        known = await self.client.tree.fetch_commands(guild=self.guild)
        assert [command.name for command in known] == ["greet"]

    async def command(self):
        told = await act("Alice", "slash", command="greet", options={"name": "World"})
        assert told["first"]["kind"] == "message", told
        self.greeting = told["message"]
        assert self.greeting["content"] == "Hello, World!"
        assert [one["label"] for one in self.greeting["buttons"]] == ["Press", "Ask"]
        assert self.greeting["selects"][0]["placeholder"] == "Pick one"

    async def autocomplete(self):
        typed = {"command": "greet", "options": {"name": "Wo"}, "focused": "name"}
        told = await act("Alice", "autocomplete", **typed)
        assert [one["value"] for one in told["first"]["choices"]] == ["Wonderland", "World"]

    async def button(self):
        told = await act("Bob", "click", message=self.greeting["id"], button="Press")
        assert told["first"]["kind"] == "updated"
        assert told["message"]["content"] == "Pressed by Bob"

    async def select(self):
        choice = {"select": "Pick one", "values": ["blue"]}
        told = await act("Bob", "select", message=self.greeting["id"], **choice)
        assert told["message"]["content"] == "You picked blue" and told["message"]["ephemeral"]

    async def modal(self):
        asked = await act("Bob", "click", message=self.greeting["id"], button="Ask")
        assert asked["first"]["modal"]["inputs"][0]["label"] == "Why?"
        filled = {"interaction": asked["interaction"], "values": {"Why?": "fun"}}
        told = await act("Bob", "submit", **filled)
        assert told["first"]["kind"] == "deferred"
        settled = await control("GET", f"/interactions/{told['interaction']}?settled=true")
        assert settled["message"]["content"] == "Because: fun"

    async def role(self):
        self.champion = await self.guild.create_role(
            name="Champion",
            colour=discord.Colour.from_str("#e67e22"),
            permissions=discord.Permissions(manage_messages=True),
            reason="a conformance step",
        )
        assert str(self.champion.colour) == "#e67e22"
        await self.bob.add_roles(self.champion, reason="well played")
        heard = self.client.changed
        await until("the event", lambda: any(self.champion in one.roles for one in heard))

    async def channels(self):
        self.category = await self.guild.create_category("Finals")
        allow = discord.PermissionOverwrite(view_channel=True)
        overwrites = {
            self.guild.default_role: discord.PermissionOverwrite(view_channel=False),
            self.champion: allow,
            self.guild.me: discord.PermissionOverwrite(view_channel=True, send_messages=True),
        }
        self.channel = await self.category.create_text_channel("Grand Final", overwrites=overwrites)
        assert (self.channel.name, self.channel.category) == ("grand-final", self.category)
        seen = {who: [one["id"] for one in await look(who, "channels")] for who in ("Bob", "Alice")}
        assert str(self.channel.id) in seen["Bob"] and str(self.channel.id) not in seen["Alice"]

    async def edit(self):
        self.channel = await self.channel.edit(name="final", topic="Silence, please")
        assert (self.channel.name, self.channel.topic) == ("final", "Silence, please")
        self.champion = await self.champion.edit(name="Winner", hoist=True)
        assert (self.champion.name, self.champion.hoist) == ("Winner", True)
        self.message = await self.channel.send("1 : 0")
        self.message = await self.message.edit(content="1 : 1")
        assert self.message.content == "1 : 1" and self.message.edited_at

    async def pin(self):
        await self.message.pin(reason="the score")
        assert [one.id async for one in self.channel.pins()] == [self.message.id]
        await self.message.unpin()
        assert [one async for one in self.channel.pins()] == []

    async def delete(self):
        await self.message.delete()
        await self.channel.delete(reason="it is over")
        await self.category.delete()
        await self.champion.delete()
        guild, channel, role = self.guild, self.channel.id, self.champion.id
        await until("the events", lambda: not guild.get_channel(channel) and not guild.get_role(role))
        try:
            await self.client.http.delete_channel(channel)
        except discord.NotFound as error:
            assert error.code == 10003
        else:
            raise AssertionError("a deleted channel was deleted")

    async def resume(self):
        before = await sessions()
        await control("POST", "/gateway", {"upset": "drop"})
        await hand(do="say", by="Alice", channel="general", text="Are you there?")
        await hand(do="create_role", name="Meanwhile")
        await until("the resume", lambda: self.client.resumed == 1)
        said, made = self.client.messages, self.client.new_roles
        await until("the events", lambda: "Are you there?" in said and "Meanwhile" in made)
        assert (said.count("Are you there?"), made.count("Meanwhile")) == (1, 1)
        assert await sessions() == before

    async def reconnect(self):
        before = await sessions()
        await control("POST", "/gateway", {"upset": "reconnect"})
        await until("the resume", lambda: self.client.resumed == 2)
        assert await sessions() == before

    async def rate_limit(self):
        await forget()
        kind = {"rate_limited": {"scope": "user", "retry_after": 1_200}}
        await control("POST", "/faults", {"place": "create_message", "kind": kind})
        await self.general.send("Patience")
        first, second = await calls("create_message")
        assert (first["status"], second["status"]) == (429, 200)
        assert second["at"] - first["at"] >= 1_200, second["at"] - first["at"]

    async def bucket(self):
        limits = {"routes": {"create_message": {"limit": 2, "per_ms": 1_000}}}
        await control("POST", "/limits", limits)
        await forget()
        for number in range(5):
            await self.general.send(f"Number {number}")
        sent = await calls("create_message")
        assert [one["status"] for one in sent] == [200] * 5, sent
        assert sent[4]["at"] - sent[0]["at"] >= 1_000


async def sessions():
    return [one["id"] for one in await control("GET", "/gateway")]


NAMES = """log-in caches register-commands command autocomplete button select modal role channels
           edit pin delete resume reconnect rate-limit bucket"""


async def main():
    async with Bot() as client:
        steps = Steps(client)
        for name in NAMES.split():
            await step(name, getattr(steps, name.replace("-", "_")))
    return result()


sys.exit(asyncio.run(main()))
