//! Game servers without a panel: somebody enters an address, and it is watched from then on.

use domain::{
    Standing,
    audit::{AuditKind, Outcome as Audited},
    server::{
        App, Reading, Seen, ServerAction, ServerId, ServerName, ServerRefusal, Watch, follow,
    },
};
use servers::direct::{DirectAddress, DirectError, Protocol};
use store::{AuditEntry, Found, ServerRecord};

use super::servers::{ServerView, entry};
use crate::{Caller, Engine, Mistake, Notice, UseError};

/// Servers without a panel in one guild.
pub const MAX_DIRECT_SERVERS: usize = 50;

/// A server that was entered.
#[derive(Clone, Debug)]
pub struct Added {
    /// The server.
    pub view: ServerView,
    /// Why it did not answer the first question, if it did not.
    pub trouble: Option<DirectError>,
}

impl ServerView {
    /// Whether it has no panel, so that it can be watched and nothing else.
    pub fn is_direct(&self) -> bool {
        is_direct(&self.record)
    }
}

fn is_direct(record: &ServerRecord) -> bool {
    Protocol::of_source(&record.found.source).is_some()
}

/// Whether there is anybody who could do it. Without a panel a server is seen, and dealt with here only.
pub(super) fn is_possible(record: &ServerRecord, action: ServerAction) -> bool {
    !is_direct(record) || matches!(action, ServerAction::Status | ServerAction::Manage)
}

impl Engine {
    /// Watches the server at this address from now on. It is asked once before: what cannot be asked is
    /// refused, what does not answer is not.
    pub async fn add_direct_server(
        &self,
        caller: &Caller,
        name: &str,
        protocol: Protocol,
        address: &str,
    ) -> Result<Added, UseError> {
        self.may_list_servers(caller).await?;
        let address = DirectAddress::parse(address).map_err(Mistake::from)?;
        let (source, place) = (protocol.source(), address.to_string());
        let mut known = self.store().servers_of_guild(caller.actor.guild).await?;
        known.retain(is_direct);
        let is_it = |one: &&ServerRecord| one.found.source == source && one.found.place == place;
        if let Some(there) = known.iter().find(is_it) {
            return Err(Mistake::ServerThere(there.found.name.to_string()).into());
        }
        if known.len() >= MAX_DIRECT_SERVERS {
            return Err(Mistake::TooManyServers(MAX_DIRECT_SERVERS).into());
        }
        let poller = self.poller().ok_or(Mistake::NoSuchServer)?;
        let direct = poller.direct().ok_or(Mistake::NoSuchServer)?;
        let asked = direct.look(protocol, &address).await;
        let trouble = asked.as_ref().err().copied();
        let seen = match asked {
            Ok(reading) => Seen::Reading(reading),
            Err(DirectError::Private) => return Err(Mistake::NotPublic.into()),
            Err(DirectError::Unresolved) => return Err(Mistake::NoSuchHost.into()),
            Err(DirectError::Refused) => Seen::Reading(Reading::of(App::Stopped)),
            Err(DirectError::Silent | DirectError::Odd) => Seen::Missed,
        };
        let found = Found {
            guild: caller.actor.guild,
            source,
            name: ServerName::of_panel(name, &place),
            module: protocol.to_string(),
            address: Some(place.clone()),
            place,
        };
        let now = self.clock().now();
        let tx = self.store().begin().await?;
        let mut record = tx.add_server(&found, now).await?;
        // What was known of one that was here before is of that time.
        record.watch = follow(&Watch::default(), &seen, None, now, now).watch;
        record.reading = match seen {
            Seen::Reading(reading) => Some(reading),
            Seen::Missed => None,
        };
        tx.put_server(&record, now).await?;
        tx.audit(listed(caller, &record, true), now).await?;
        tx.commit().await?;
        poller.took(&record);
        self.tell_listed(&record);
        Ok(Added { view: self.view(caller, record).await?, trouble })
    }

    /// One server without a panel that the person may take off the list.
    pub async fn direct_server(
        &self,
        caller: &Caller,
        id: ServerId,
    ) -> Result<ServerView, UseError> {
        let view = self.may_server(caller, id, ServerAction::Manage).await?;
        if view.is_direct() { Ok(view) } else { Err(Mistake::ServerOnPanel.into()) }
    }

    /// Watches a server without a panel no longer.
    pub async fn remove_direct_server(
        &self,
        caller: &Caller,
        id: ServerId,
    ) -> Result<ServerView, UseError> {
        let view = self.direct_server(caller, id).await?;
        let now = self.clock().now();
        let tx = self.store().begin().await?;
        let found = tx.server_for_update(id).await?;
        let record = found.filter(|record| !record.gone).ok_or(Mistake::NoSuchServer)?;
        tx.remove_server(id, now).await?;
        super::server_cards::withdraw(&tx, record.found.guild, id, now).await?;
        let entry = AuditEntry {
            game: record.game.zip(view.game.clone()),
            ..listed(caller, &record, false)
        };
        tx.audit(entry, now).await?;
        tx.commit().await?;
        self.tell_listed(&record);
        Ok(view)
    }

    fn tell_listed(&self, record: &ServerRecord) {
        let guild = record.found.guild;
        self.tell(Notice::Audit(guild));
        // Panels show servers, and a live message of one that is gone has nothing to say.
        self.tell(Notice::Games(guild));
        self.tell(Notice::Server { guild, server: record.id, moved: true });
    }

    /// Lets community admins pass; a refusal is remembered.
    async fn may_list_servers(&self, caller: &Caller) -> Result<(), UseError> {
        if self.standing(caller, None).await? == Standing::CommunityAdmin {
            return Ok(());
        }
        let entry = AuditEntry {
            outcome: Audited::Refused,
            after: Some("ManageServer".to_owned()),
            ..entry(caller, AuditKind::ActionRefused)
        };
        let tx = self.store().begin().await?;
        tx.audit(entry, self.clock().now()).await?;
        tx.commit().await?;
        self.tell(Notice::Audit(caller.actor.guild));
        Err(ServerRefusal { action: ServerAction::Manage }.into())
    }
}

fn listed(caller: &Caller, record: &ServerRecord, added: bool) -> AuditEntry {
    let found = &record.found;
    let facts = format!("server={}; kind={}; address={}", found.name, found.module, found.place);
    let (before, after) = if added { (None, Some(facts)) } else { (Some(facts), None) };
    AuditEntry { before, after, outcome: Audited::Done, ..entry(caller, AuditKind::ServerListed) }
}
