//! What makes the guild look lived in, and what the page tells a newcomer.

use sandbox::{
    page::{Card, Step},
    world::{ChannelPatch, RoleColors, RolePatch},
};

use crate::stage::Stage;

/// The keepers' colour.
const AMBER: u32 = 0x00e0_a040;

/// The card on the page.
pub(super) fn card() -> Card {
    Card {
        title: "Try this".to_owned(),
        text:
            "A small Discord of your own, with **Gamekeeper** on it. You can be everybody in it: \
               the buttons below change who you are, and so does your name at the lower left."
                .to_owned(),
        steps: vec![
            Step::new(
                "Adam",
                "admin",
                "As Adam, an admin, press **New game** and call it `Chess`.",
            ),
            Step::new("Mia", "games", "As Mia, press **Join** and pick it: its channels appear."),
            Step::new("Ben", "general", "As Ben, type `/joingame` and let it suggest the game."),
            Step::new(
                "Adam",
                "admin",
                "As Adam, press **Manage**: edit, archive, restore, delete.",
            ),
            Step::new(
                "Adam",
                "admin",
                "As Adam, tie a game server to it with `/server link`: it shows up in the game's \
                 channel. `/server start` wakes **Skyblock**.",
            ),
            Step::new(
                "Olga",
                "general",
                "As Olga, delete a channel of the game by hand. It comes back.",
            ),
            Step {
                text: "Look **behind the scenes** (`<>` at the top right): every call of the bot, \
                       and switches for what can go wrong."
                    .to_owned(),
                ..Step::default()
            },
        ],
    }
}

/// Puts colour, topics and a first word into the guild.
pub(super) fn furnish(stage: &Stage) -> Result<(), String> {
    let olga = stage.guild.owner();
    let shown = RolePatch {
        colors: Some(RoleColors { primary: AMBER, ..RoleColors::default() }),
        hoist: Some(true),
        ..RolePatch::default()
    };
    olga.edit_role(stage.guild.role_id("Keepers"), shown).map_err(|e| e.to_string())?;
    let topics = [
        ("general", "Talk about anything"),
        ("games", "Join a game here, or leave one"),
        ("admin", "Where the keepers look after the games"),
        ("log", "What happened"),
    ];
    for (name, topic) in topics {
        let patch = ChannelPatch { topic: Some(Some(topic.to_owned())), ..ChannelPatch::default() };
        olga.edit_channel(stage.channel(name)?, patch).map_err(|e| e.to_string())?;
    }
    let games = stage.channel("games")?;
    let hello = format!("Welcome to the **Friendly Dragons** 🐲 Games are in <#{games}>.");
    olga.say(stage.channel("general")?, &hello).map_err(|e| e.to_string())?;
    Ok(())
}
