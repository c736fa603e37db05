//! Game servers on a panel: what looking at many costs, and what people notice of a panel that
//! misbehaves.

pub(super) mod day;
pub(super) mod load;
pub(super) mod trouble;

use amp_sandbox::{Amp, AmpConfig, InstanceId, InstanceSpec};

use crate::{
    local_amp::{MAY, PASSWORD, USER},
    stage::verbs::Told,
};

/// What a server is called.
fn name(number: usize) -> String {
    format!("Server {number:03}")
}

/// A panel with so many servers that run, where people come and go.
async fn panel(servers: usize, config: AmpConfig) -> Told<(Amp, Vec<InstanceId>)> {
    let amp = Amp::start(config).await.map_err(|error| error.to_string())?;
    let spec = |number: usize| InstanceSpec::minecraft(&name(number)).running();
    let lively = |number: usize| spec(number).lively(u64::try_from(number).unwrap_or_default());
    let ids: Vec<_> = (1..=servers).map(|number| amp.add_instance(lively(number))).collect();
    let user = ids.iter().fold(amp.add_user(USER, PASSWORD), |user, id| user.manages(*id));
    MAY.iter().fold(user, |user, node| user.permission(node));
    Ok((amp, ids))
}
