"""The steps of conformance/amp/README.md with ampapi."""

import asyncio
import os
import sys
import warnings

import pyotp
from ampapi.auth import BasicAuthProvider, RefreshingAuthProvider, strict_json_to_obj
from ampapi.modules import ADS, CommonAPI
from ampapi.types import ApplicationState, IADSInstance, ModuleInfo, StatusResponse, UpdateResponse

from steps import result, step

# Its strict reader uses what its own library has deprecated, and is told so each time.
warnings.showwarning = lambda *_, **__: None

URL, PASSWORD = os.environ["AMP_URL"], os.environ["AMP_PASSWORD"]
WHO = {"username": os.environ["AMP_USER"], "password": PASSWORD}


class Steps:
    async def log_in(self):
        self.auth = RefreshingAuthProvider(panelUrl=URL, **WHO)
        assert self.auth.Login().success and self.auth.token
        assert self.auth.instanceName == "ADS01"
        self.ads = ADS(self.auth).ADSModule

    async def roster(self):
        targets = self.ads.GetInstances(ForceIncludeSelf=True)
        every = {one.FriendlyName: one for target in targets for one in target.AvailableInstances}
        assert {"Survival", "Arena", "Skyblock"} < set(every)
        assert sorted(one.Module for one in every.values())[:2] == ["ADS", "GenericModule"]
        self.arena = every["Arena"]
        proxied = f"{URL}/API/ADSModule/Servers/{every['Survival'].InstanceID}"
        self.at = BasicAuthProvider(panelUrl=proxied, **WHO)
        self.core = CommonAPI(self.at).Core
        # Its strict reader takes no field too many, and none too few.
        strict_json_to_obj(self.auth.api_call("ADSModule/GetInstances", {}), list[IADSInstance])

    def is_now(self, *states):
        assert self.core.GetStatus().State in states, self.core.GetStatus().State

    async def status(self):
        self.is_now(ApplicationState.Ready)
        told = strict_json_to_obj(self.at.api_call("Core/GetStatus", {}), StatusResponse)
        assert told.Uptime.startswith("00:") and told.Metrics["TPS"].MaxValue == 20
        about = strict_json_to_obj(self.at.api_call("Core/GetModuleInfo", {}), ModuleInfo)
        assert about.ModuleName == "Minecraft"

    async def users(self):
        assert {"Mia", "Ben"} <= set(self.core.GetUserList().values())

    def lines(self):
        told = strict_json_to_obj(self.at.api_call("Core/GetUpdates", {}), UpdateResponse)
        return [one.Contents for one in told.ConsoleEntries]

    async def updates(self):
        assert "Mia joined the game" in self.lines()

    async def console(self):
        self.core.SendConsoleMessage("say good night")
        assert "good night" in self.lines()

    async def restart(self):
        assert self.core.Restart().Status
        self.is_now(ApplicationState.Restarting)

    async def stop(self):
        self.core.Stop()
        self.is_now(ApplicationState.Stopping)

    async def kill(self):
        self.core.Kill()
        self.is_now(ApplicationState.Stopped)

    async def start(self):
        assert self.core.Start().Status
        self.is_now(ApplicationState.PreStart, ApplicationState.Starting)

    def runs(self):
        every = self.ads.GetInstanceStatuses()
        return {one.InstanceID: one.Running for one in every}[self.arena.InstanceID]

    async def instance(self):
        assert self.ads.StopInstance(self.arena.InstanceName).Status
        assert not self.runs()
        assert self.ads.StartInstance(self.arena.InstanceName).Status
        while not self.runs():
            await asyncio.sleep(0.1)

    async def two_factor(self):
        code = pyotp.TOTP(os.environ["AMP_TOTP_SECRET"]).now()
        who = {"username": os.environ["AMP_TOTP_USER"], "password": PASSWORD, "token": code}
        core = ADS(BasicAuthProvider(panelUrl=URL, **who)).Core
        assert core.GetStatus().State == ApplicationState.Ready


async def main():
    steps = Steps()
    for name in (
        "log-in roster status users updates console restart stop kill start instance two-factor"
    ).split():
        await step(name, getattr(steps, name.replace("-", "_")))


asyncio.run(main())
sys.exit(result())
