//! Strangers: whoever has the rights changes things by hand, past the bot.

use sandbox::{
    actor::Actor,
    id::{ChannelId, RoleId},
    world::{ChannelKind, OverwriteTarget, Permissions},
};

use super::{Ground, dice::Dice};

/// Between two changes by hand, in milliseconds.
const PAUSE: (u64, u64) = (700, 4_000);
/// Lines left in a channel when it is tidied.
const LINES: usize = 40;

/// Meddles for as long as it is polled.
pub(super) async fn meddle(ground: &Ground<'_>, mut dice: Dice) {
    loop {
        tokio::time::sleep(dice.between(PAUSE.0, PAUSE.1)).await;
        let olga = &ground.stage.guild.owner();
        let mut hand = Hand { ground, olga, dice: &mut dice };
        if let Some(what) = hand.once() {
            ground.book.write(|pages| *pages.by_hand.entry(what).or_default() += 1);
        }
    }
}

/// Somebody who left comes back, so that nobody is missing for good.
pub(super) fn come_back(ground: &Ground<'_>) {
    for person in ground.people().iter().filter(|person| person.member().is_none()) {
        // Whoever was banned stays away; nobody is here.
        let _ = person.rejoin();
    }
}

struct Hand<'a, 'd> {
    ground: &'a Ground<'a>,
    olga: &'a Actor,
    dice: &'d mut Dice,
}

impl Hand<'_, '_> {
    /// One change; nothing, when there was nothing to change or Discord did not let it happen.
    fn once(&mut self) -> Option<&'static str> {
        let (what, done) = match self.dice.below(12) {
            0 => ("channel deleted", self.olga.delete_channel(self.channel(true)?)),
            1 | 2 => ("channel renamed", self.olga.rename_channel(self.channel(true)?, "by-hand")),
            3 => ("channel opened", self.open_up()?),
            4 => ("channel moved out", self.olga.move_channel(self.channel(false)?, None)),
            5 => ("role deleted", self.olga.delete_role(self.role()?)),
            6 => ("role renamed", self.olga.rename_role(self.role()?, "By hand")),
            7 => {
                let role = self.role()?;
                (
                    "role empowered",
                    self.olga.set_role_permissions(role, Permissions::MENTION_EVERYONE),
                )
            }
            8 => ("role given", self.olga.give_role(self.person()?.id(), self.role()?)),
            9 => ("role taken", self.olga.take_role(self.person()?.id(), self.role()?)),
            10 => {
                let person = self.person()?;
                match person.member() {
                    Some(_) => ("person left", person.leave()),
                    None => ("person came back", person.rejoin()),
                }
            }
            _ => ("panel deleted", self.delete_panel()?),
        };
        self.tidy();
        done.ok().map(|()| what)
    }

    /// A channel of a game, or also its category.
    fn channel(&mut self, also_category: bool) -> Option<ChannelId> {
        let rooms = self.ground.rooms();
        let all: Vec<ChannelId> = self
            .ground
            .stage
            .guild
            .channels()
            .into_iter()
            .filter(|channel| !rooms.contains(&channel.id))
            .filter(|channel| also_category || channel.kind != ChannelKind::Category)
            .map(|channel| channel.id)
            .collect();
        self.dice.pick(&all)
    }

    fn role(&mut self) -> Option<RoleId> {
        let guild = &self.ground.stage.guild;
        let ours = |role: &sandbox::world::Role| {
            role.id.0 != guild.id().0 && !role.managed && role.name != "Keepers"
        };
        let all: Vec<RoleId> =
            guild.state().roles.iter().filter(|role| ours(role)).map(|role| role.id).collect();
        self.dice.pick(&all)
    }

    fn person(&mut self) -> Option<Actor> {
        self.dice.pick(&self.ground.people())
    }

    fn open_up(&mut self) -> Option<Result<(), sandbox::error::ApiError>> {
        let channel = self.channel(true)?;
        let everyone = OverwriteTarget::Role(RoleId(self.ground.stage.guild.id().0));
        let (allow, deny) = (Permissions::VIEW_CHANNEL, Permissions::NONE);
        Some(self.olga.set_overwrite(channel, everyone, allow, deny))
    }

    fn delete_panel(&mut self) -> Option<Result<(), sandbox::error::ApiError>> {
        let panels = self.ground.panels();
        let panel = self.dice.pick(&panels)?;
        Some(self.olga.delete_message(panel.1, panel.2))
    }

    /// The log channel would grow for ever, and with it the memory of the local Discord.
    fn tidy(&self) {
        for room in self.ground.rooms() {
            let lines = self.olga.read(room);
            let old = lines.len().saturating_sub(LINES);
            let panels = self.ground.panels();
            for line in lines.into_iter().take(old) {
                if !panels.iter().any(|(_, _, panel)| *panel == line.id) {
                    let _ = self.olga.delete_message(room, line.id);
                }
            }
        }
    }
}
