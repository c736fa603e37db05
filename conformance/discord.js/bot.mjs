// The bot: how it answers people. Nothing in here knows that Discord is a sandbox.

import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Events,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from "discord.js";

export const GREET = new SlashCommandBuilder()
  .setName("greet")
  .setDescription("Greets somebody")
  .addStringOption((name) =>
    name.setName("name").setDescription("Whom").setRequired(true).setAutocomplete(true),
  );

const WORDS = ["Wonderland", "World", "Moon"];

/** Lets the bot answer; what goes wrong on the way lands in `problems`. */
export function answerPeople(client, problems) {
  client.on(Events.InteractionCreate, (interaction) => {
    answer(interaction).catch((problem) => problems.push(problem));
  });
}

async function answer(interaction) {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused();
    const fitting = WORDS.filter((word) => word.startsWith(typed));
    await interaction.respond(fitting.map((word) => ({ name: word, value: word })));
  } else if (interaction.isChatInputCommand()) {
    await interaction.reply(greeting(interaction.options.getString("name")));
  } else if (interaction.isButton() && interaction.customId === "press") {
    await interaction.update({ content: `Pressed by ${interaction.user.displayName}` });
  } else if (interaction.isButton() && interaction.customId === "ask") {
    await interaction.showModal(question());
  } else if (interaction.isStringSelectMenu()) {
    const content = `You picked ${interaction.values.join()}`;
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  } else if (interaction.isModalSubmit()) {
    await interaction.deferReply();
    await interaction.editReply(`Because: ${interaction.fields.getTextInputValue("why")}`);
  }
}

function greeting(name) {
  const press = new ButtonBuilder().setCustomId("press").setLabel("Press").setStyle(ButtonStyle.Primary);
  const ask = new ButtonBuilder().setCustomId("ask").setLabel("Ask").setStyle(ButtonStyle.Secondary);
  const pick = new StringSelectMenuBuilder()
    .setCustomId("pick")
    .setPlaceholder("Pick one")
    .addOptions({ label: "red", value: "red" }, { label: "blue", value: "blue" });
  return {
    content: `Hello, ${name}!`,
    components: [new ActionRowBuilder().addComponents(press, ask), new ActionRowBuilder().addComponents(pick)],
  };
}

function question() {
  const why = new TextInputBuilder().setCustomId("why").setStyle(TextInputStyle.Short);
  const label = new LabelBuilder().setLabel("Why?").setTextInputComponent(why);
  return new ModalBuilder().setCustomId("reason").setTitle("A question").addLabelComponents(label);
}
