//! The permission algorithm against an implementation that is not ours.

use proptest::prelude::*;
use sandbox::id::{ChannelId, GuildId, RoleId, UserId};
use sandbox::world::{
    Channel, ChannelKind, Guild, Member, Overwrite, OverwriteTarget, Permissions, Role,
};
use twilight_model::channel::ChannelType;
use twilight_model::channel::permission_overwrite::{PermissionOverwrite, PermissionOverwriteType};
use twilight_model::guild::Permissions as Theirs;
use twilight_model::id::Id;
use twilight_util::permission_calculator::PermissionCalculator;

const GUILD: u64 = 1;
const USER: u64 = 50;
const ROLES: [u64; 3] = [10, 11, 12];

const TEXT: [Permissions; 5] = [
    Permissions::VIEW_CHANNEL,
    Permissions::SEND_MESSAGES,
    Permissions::MANAGE_CHANNELS,
    Permissions::MANAGE_ROLES,
    Permissions::PIN_MESSAGES,
];
const VOICE: [Permissions; 5] = [
    Permissions::VIEW_CHANNEL,
    Permissions::CONNECT,
    Permissions::SPEAK,
    Permissions::MANAGE_CHANNELS,
    Permissions::MANAGE_ROLES,
];

/// Bits that both sides know, ADMINISTRATOR rarely.
fn bits() -> impl Strategy<Value = u64> {
    let all = Permissions::ALL.0 & Theirs::all().bits() & !Permissions::ADMINISTRATOR.0;
    (any::<u64>(), any::<u64>(), 0..12_u8).prop_map(move |(one, two, admin)| {
        let admin = if admin == 0 { Permissions::ADMINISTRATOR.0 } else { 0 };
        one & two & all | admin
    })
}

fn overwrites() -> impl Strategy<Value = Vec<(u64, u64, u64)>> {
    let targets = prop::sample::subsequence(vec![GUILD, 10, 11, 12, USER], 0..=5);
    let plain = || bits().prop_map(|bits| bits & !Permissions::ADMINISTRATOR.0);
    let bits = prop::collection::vec((plain(), plain()), 5);
    (targets, bits).prop_map(|(targets, bits)| {
        targets.into_iter().zip(bits).map(|(id, (allow, deny))| (id, allow, deny)).collect()
    })
}

proptest! {
    #[test]
    fn totals_agree(
        everyone in bits(),
        roles in prop::collection::vec(bits(), 3),
        held in prop::sample::subsequence(ROLES.to_vec(), 0..=3),
        list in overwrites(),
        voice in any::<bool>(),
    ) {
        let guild_id = GuildId(GUILD);
        let mut guild = Guild::new(guild_id, "Club", UserId(99), 0);
        guild.roles[0].permissions = Permissions(everyone);
        for (id, bits) in ROLES.iter().zip(&roles) {
            guild.roles.push(Role::new(RoleId(*id), "role", Permissions(*bits)));
        }
        let mut member = Member::new(UserId(USER), 0);
        member.roles = held.iter().map(|id| RoleId(*id)).collect();
        let kind = if voice { ChannelKind::Voice } else { ChannelKind::Text };
        let mut channel = Channel::new(ChannelId(7), Some(guild_id), kind, "room");
        channel.overwrites = list.iter().map(|(id, allow, deny)| Overwrite {
            target: if *id == USER { OverwriteTarget::Member(UserId(USER)) } else { OverwriteTarget::Role(RoleId(*id)) },
            allow: Permissions(*allow),
            deny: Permissions(*deny),
        }).collect();

        let member_roles: Vec<_> = ROLES.iter().zip(&roles)
            .filter(|(id, _)| held.contains(id))
            .map(|(id, bits)| (Id::new(*id), Theirs::from_bits_truncate(*bits)))
            .collect();
        let theirs: Vec<_> = list.iter().map(|(id, allow, deny)| PermissionOverwrite {
            id: Id::new(*id),
            kind: if *id == USER { PermissionOverwriteType::Member } else { PermissionOverwriteType::Role },
            allow: Theirs::from_bits_truncate(*allow),
            deny: Theirs::from_bits_truncate(*deny),
        }).collect();
        let calculator = PermissionCalculator::new(
            Id::new(GUILD),
            Id::new(USER),
            Theirs::from_bits_truncate(everyone),
            &member_roles,
        );
        let type_ = if voice { ChannelType::GuildVoice } else { ChannelType::GuildText };
        let expected = calculator.in_channel(type_, &theirs);

        let shown = Permissions::shown(&guild, &channel, &member);
        let real = Permissions::in_channel(&guild, &channel, kind, &member, 0);
        prop_assert!(shown.contains(real), "implicit rules only take away");
        // Theirs leaves bits standing when VIEW_CHANNEL is missing from the start; ours takes all.
        if !shown.contains(Permissions::VIEW_CHANNEL) {
            prop_assert_eq!(real, Permissions::NONE);
            return Ok(());
        }
        let compared = if voice { &VOICE[..] } else { &TEXT[..] };
        for bit in compared {
            prop_assert_eq!(shown.contains(*bit), expected.bits() & bit.0 != 0, "bit {}", bit);
        }
        let admin = Permissions::ADMINISTRATOR;
        prop_assert_eq!(real.contains(admin), expected.contains(Theirs::ADMINISTRATOR));
    }
}
