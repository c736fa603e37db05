"""The bot: how it answers people. Nothing in here knows that Discord is a sandbox."""

import discord
from discord import app_commands, ui

WORDS = ["Wonderland", "World", "Moon"]


class Reason(ui.Modal, title="A question"):
    why = ui.Label(text="Why?", component=ui.TextInput())

    async def on_submit(self, interaction):
        await interaction.response.defer(thinking=True)
        await interaction.edit_original_response(content=f"Because: {self.why.component.value}")


class Greeting(ui.View):
    @ui.button(label="Press", style=discord.ButtonStyle.primary)
    async def press(self, interaction, _):
        await interaction.response.edit_message(content=f"Pressed by {interaction.user.global_name}")

    @ui.button(label="Ask")
    async def ask(self, interaction, _):
        await interaction.response.send_modal(Reason())

    @ui.select(
        placeholder="Pick one",
        options=[discord.SelectOption(label="red"), discord.SelectOption(label="blue")],
    )
    async def pick(self, interaction, select):
        await interaction.response.send_message(f"You picked {select.values[0]}", ephemeral=True)


class Bot(discord.Client):
    """Remembers what it heard, for the steps."""

    def __init__(self):
        intents = discord.Intents.none()
        intents.guilds = intents.members = intents.guild_messages = intents.message_content = True
        super().__init__(intents=intents, chunk_guilds_at_startup=False)
        self.tree = app_commands.CommandTree(self)
        self.messages, self.new_roles, self.changed, self.resumed = [], [], [], 0

    async def on_message(self, message):
        self.messages.append(message.content)

    async def on_guild_role_create(self, role):
        self.new_roles.append(role.name)

    async def on_member_update(self, _, member):
        self.changed.append(member)

    async def on_resumed(self):
        self.resumed += 1


def add_greet(tree, guild):
    """The one command."""

    @tree.command(description="Greets somebody", guild=guild)
    @app_commands.describe(name="Whom")
    async def greet(interaction, name: str):
        await interaction.response.send_message(f"Hello, {name}!", view=Greeting())

    @greet.autocomplete("name")
    async def fitting(_, typed):
        fits = [word for word in WORDS if word.startswith(typed)]
        return [app_commands.Choice(name=word, value=word) for word in fits]
