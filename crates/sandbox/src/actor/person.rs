//! A person in a guild.

use std::time::Duration;

use super::view::MessageView;
use crate::id::{ChannelId, GuildId, UserId};
use crate::sandbox::Sandbox;
use crate::world::{Channel, Member, Permissions};

/// How often a channel is looked at while waiting (real time).
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// A user looking at one channel of one guild.
#[derive(Clone, Debug)]
pub struct Actor {
    pub(super) sandbox: Sandbox,
    pub(super) user: UserId,
    pub(super) guild: GuildId,
    pub(super) channel: Option<ChannelId>,
}

impl Actor {
    pub(crate) fn new(sandbox: Sandbox, user: UserId, guild: GuildId) -> Self {
        Self { sandbox, user, guild, channel: None }
    }

    /// The user's id.
    pub fn id(&self) -> UserId {
        self.user
    }

    /// The membership right now; `None` after leaving.
    pub fn member(&self) -> Option<Member> {
        self.sandbox.world().guilds.get(&self.guild)?.members.get(&self.user).cloned()
    }

    /// The same person in a certain channel.
    pub fn at(&self, channel: ChannelId) -> Self {
        Self { channel: Some(channel), ..self.clone() }
    }

    /// The channel chosen with [`Actor::at`], else the first one the person can write in.
    pub fn channel(&self) -> Option<ChannelId> {
        if self.channel.is_some() {
            return self.channel;
        }
        let world = self.sandbox.world();
        let guild = world.guilds.get(&self.guild)?;
        let channels = guild.channels.iter().filter_map(|id| world.channels.get(id));
        let mut open = channels.filter(|channel| channel.kind.takes_messages());
        let open = open
            .find(|one| world.permissions_in(self.user, one).contains(Permissions::SEND_MESSAGES));
        open.map(|channel| channel.id)
    }

    /// What this person may do in a channel.
    pub fn permissions_in(&self, channel: ChannelId) -> Permissions {
        let world = self.sandbox.world();
        let channel = world.channels.get(&channel);
        channel.map_or(Permissions::NONE, |channel| world.permissions_in(self.user, channel))
    }

    /// The messages of a channel as this person sees them, oldest first: nothing when the channel is hidden, other
    /// people's ephemeral messages left out.
    pub fn read(&self, channel: ChannelId) -> Vec<MessageView> {
        let world = self.sandbox.world();
        let Some(place) = world.channels.get(&channel) else { return Vec::new() };
        let needed = Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY;
        if !world.permissions_in(self.user, place).contains(needed) {
            return Vec::new();
        }
        let all = world.messages.get(&channel).into_iter().flat_map(|all| all.values());
        let seen = all.filter(|message| message.only_for.is_none_or(|only| only == self.user));
        seen.map(MessageView::of).collect()
    }

    /// Waits until the channel shows this person a message that fulfils a condition; the newest such one.
    pub async fn wait_for(
        &self,
        channel: ChannelId,
        condition: impl Fn(&MessageView) -> bool,
    ) -> Option<MessageView> {
        let search = async {
            loop {
                if let Some(found) = self.read(channel).into_iter().rev().find(&condition) {
                    return found;
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        tokio::time::timeout(self.sandbox.config().patience, search).await.ok()
    }

    /// The channels this person can see, in the order of their making.
    pub fn visible_channels(&self) -> Vec<ChannelId> {
        self.visible(|channel| channel.id)
    }

    /// The names of the channels this person can see.
    pub fn visible_names(&self) -> Vec<String> {
        self.visible(|channel| channel.name.clone())
    }

    fn visible<T>(&self, show: impl Fn(&Channel) -> T) -> Vec<T> {
        let world = self.sandbox.world();
        let Some(guild) = world.guilds.get(&self.guild) else { return Vec::new() };
        let channels = guild.channels.iter().filter_map(|id| world.channels.get(id));
        channels.filter(|channel| world.can_view(self.user, channel)).map(show).collect()
    }
}
