//! Servers of one name: no panel knows what another calls its servers.

use amp_sandbox::{Amp, AmpConfig, InstanceSpec};
use gamekeeper::stage::verbs::{Told, says, until};
use sandbox::actor::{First, NO_OPTIONS};

use super::{attend_all, scene};
use crate::scene::run;

#[tokio::test]
async fn two_servers_of_one_name_are_told_apart_by_their_numbers() -> Told<()> {
    let mut scene = scene().await?;
    let olga = scene.stage.guild.owner();
    let other = Amp::start(AmpConfig::default()).await.map_err(|error| error.to_string())?;
    let stopped = other.add_instance(InstanceSpec::valve("SURVIVAL"));
    other.add_user("bot", "secret").manages(stopped);
    scene.attendance.end().await;
    scene.attendance = attend_all(&scene.stage, &[("main", &scene.amp), ("attic", &other)])?;
    until("both to be listed", || async {
        let list = run(&olga, "server list", NO_OPTIONS).await.ok()?.text();
        let all = ["**Survival** · online", "**SURVIVAL** · offline"];
        all.iter().all(|one| list.contains(one)).then_some(())
    })
    .await?;
    let said = scene.ask(&olga, "start").await?;
    says(&said, "Several game servers have that name.")?;
    let reply = olga.autocomplete("server status", [("server", "surv")], "server");
    let First::Choices(choices) = reply.first().await else {
        return Err("suggestions were expected".to_owned());
    };
    let text = |choice: &serde_json::Value, what: &str| {
        choice[what].as_str().map(ToOwned::to_owned).unwrap_or_default()
    };
    assert_eq!(choices.len(), 2, "{choices:?}");
    for choice in &choices {
        let number = text(choice, "value");
        // What is suggested, and what the sentence says, both lead to one of them.
        says(&said, &number)?;
        assert!(text(choice, "name").contains(&number), "{choice:?}");
        let page = run(&olga, "server status", [("server", number.as_str())]).await?;
        let state = if text(choice, "name").starts_with("SURVIVAL") { "offline" } else { "online" };
        says(&page, &format!("**{state}** · <t:"))?;
    }
    scene.end().await
}
