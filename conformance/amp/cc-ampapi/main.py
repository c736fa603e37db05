"""The steps of conformance/amp/README.md with cc-ampapi."""

import asyncio
import os
import sys

from ampapi import AMPControllerInstance, APIParams, Bridge

from steps import result, step

URL, PASSWORD = os.environ["AMP_URL"], os.environ["AMP_PASSWORD"]


class Steps:
    async def log_in(self):
        Bridge(api_params=APIParams(url=URL, user=os.environ["AMP_USER"], password=PASSWORD))
        self.ads = AMPControllerInstance()
        told = await self.ads._connect()
        assert told.success and told.session_id

    async def roster(self):
        found = {one.friendly_name: one for one in await self.ads.get_instances()}
        assert {"Survival", "Arena", "Skyblock"} < set(found), found
        assert sorted(one.module for one in found.values())[:2] == ["ADS", "GenericModule"]
        self.survival, self.arena = found["Survival"], found["Arena"]
        assert self.survival.running and self.survival.amp_version

    async def state(self):
        return int((await self.survival.get_status()).state.value)

    async def status(self):
        told = await self.survival.get_status()
        assert told.state.value == 20 and told.uptime.startswith("00:")
        assert told.metrics.active_users.max_value == 20
        assert 0 < told.metrics.memory_usage.percent <= 100

    async def users(self):
        told = await self.survival.get_user_list()
        assert {"Mia", "Ben"} <= {player.name for player in told.sorted}, told

    async def lines(self):
        return [one.contents for one in (await self.survival.get_updates()).console_entries]

    async def updates(self):
        assert "Mia joined the game" in await self.lines()

    async def console(self):
        await self.survival.send_console_message("say good night")
        assert "good night" in await self.lines()

    async def restart(self):
        assert (await self.survival.restart_application()).status
        assert await self.state() == 30

    async def stop(self):
        await self.survival.stop_application()
        assert await self.state() == 40

    async def kill(self):
        await self.survival.kill_application()
        assert await self.state() == 0

    async def start(self):
        assert (await self.survival.start_application()).status
        assert await self.state() in (5, 10)

    async def runs(self):
        every = await self.ads.get_instance_statuses()
        return {one.instance_id: one.running for one in every}[self.arena.instance_id]

    async def instance(self):
        assert (await self.arena.stop_instance()).status
        assert not await self.runs()
        assert (await self.arena.start_instance()).status
        while not await self.runs():
            await asyncio.sleep(0.1)

    async def two_factor(self):
        who = {"user": os.environ["AMP_TOTP_USER"], "password": PASSWORD}
        secret = os.environ["AMP_TOTP_SECRET"]
        Bridge(api_params=APIParams(url=URL, **who, use_2fa=True, token=secret))
        self.careful = AMPControllerInstance()
        assert (await self.careful.get_status()).state.value == 20
        await self.careful.session.close()


async def main():
    steps = Steps()
    for name in (
        "log-in roster status users updates console restart stop kill start instance two-factor"
    ).split():
        await step(name, getattr(steps, name.replace("-", "_")))
    await steps.ads.session.close()


asyncio.run(main())
sys.exit(result())
