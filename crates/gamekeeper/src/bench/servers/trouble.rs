//! What people notice of a panel that misbehaves: how soon they are answered meanwhile.

use std::time::{Duration, Instant};

use amp_sandbox::{Amp, AmpConfig, Fault, InstanceId, TlsIdentity};
use bot::ids::{CustomId, Purpose};
use domain::server::ServerState;
use engine::PanelKind;
use sandbox::actor::{Actor, First, MessageView, NO_OPTIONS, Reply};
use servers::{
    amp::{PanelConfig, PanelUrl},
    poll::Pace,
    schedule::Schedule,
};
use tokio::task::JoinSet;

use super::panel;
use crate::{
    attend::{Attendance, Attended},
    bench::spread::Spread,
    local_amp::{PASSWORD, USER},
    stage::{
        Setup, Stage,
        verbs::{Told, shown, until},
    },
};

/// Servers, all of them watched.
const SERVERS: usize = 20;
/// Between two clicks.
const CLICK_EVERY: Duration = Duration::from_millis(20);
/// How long people click in each kind of trouble.
const CLICKED_FOR: Duration = Duration::from_secs(6);
/// Faster than in earnest, so that the panel is asked all the time.
const PACE: Pace = Pace { moving: Duration::from_millis(100), watched: Duration::from_millis(500) };
/// Lines in each console.
const LINES: usize = 10_000;

/// What goes wrong.
type Trouble = (&'static str, fn(&Amp));

const TROUBLES: [Trouble; 8] = [
    ("in order", |_| {}),
    ("down", |amp| amp.faults().down()),
    ("answers after 30 s", |amp| amp.faults().add(Fault::slow(Duration::from_secs(30)))),
    ("answers with HTML", |amp| amp.faults().add(Fault::html(502))),
    ("redirects for ever", |amp| amp.faults().add(Fault::redirect_loop())),
    ("refuses TLS", |amp| amp.faults().refuse_tls()),
    ("loses each session", |amp| amp.faults().add(Fault::session_lost())),
    ("answers with 20 MB", |amp| amp.faults().add(Fault::huge(20 * 1024 * 1024))),
];

pub(in crate::bench) async fn run() -> Told<Vec<String>> {
    let setup = Setup {
        bot: |bot| {
            bot.inbound = bot::InboundLimits::NONE;
            bot.servers = true;
        },
        ..Setup::default()
    };
    let stage = Stage::set(setup).await.map_err(|stop| stop.to_string())?;
    let tls = Some(TlsIdentity::self_signed().map_err(|error| error.to_string())?);
    let (amp, ids) = panel(SERVERS, AmpConfig { tls, ..AmpConfig::default() }).await?;
    let attendance = attend(&stage, &amp)?;
    let olga = stage.guild.owner();
    stage.set_up_panel(&olga, PanelKind::Admin, "admin").await?;
    stage.set_up_panel(&olga, PanelKind::Player, "games").await?;
    stage.have_game(&olga, "Chess").await?;
    all_are(&stage, ServerState::Online).await?;
    for server in servers_of(&stage).await? {
        let options = [("server", format!("#{}", server.id)), ("game", "Chess".to_owned())];
        shown(&olga.slash("server link", options)).await?;
    }
    let mia = stage.person("Mia");
    let panel = stage.panel(&mia, PanelKind::Player).await?;
    let mut lines = Vec::new();
    for (name, begin) in TROUBLES {
        begin(&amp);
        let spread = clicks(&mia, &panel).await?;
        if name != "in order" {
            all_are(&stage, ServerState::Unknown).await?;
        }
        let began = Instant::now();
        amp.faults().clear();
        all_are(&stage, ServerState::Online).await?;
        let back = began.elapsed().as_secs_f64();
        lines.push(format!("the panel {name}: {spread}; all known again {back:.1} s later"));
    }
    lines.push(talkative(&amp, &ids, &stage, &mia, &panel).await?);
    attendance.end().await;
    stage.close().await;
    amp.stop();
    Ok(lines)
}

fn attend(stage: &Stage, amp: &Amp) -> Told<Attendance> {
    let panel = PanelConfig {
        url: PanelUrl::parse(amp.url()).map_err(|error| error.to_string())?,
        username: USER.to_owned(),
        password: PASSWORD.to_owned().into(),
        verify_tls: false,
        within: Duration::from_secs(2),
    };
    let schedule = Schedule::parse("* * * * *").map_err(|error| error.to_string())?;
    let attended = Attended::one(panel, stage.guild_id(), schedule, PACE);
    Attendance::begin(stage.engine(), attended).map_err(|stop| stop.to_string())
}

async fn servers_of(stage: &Stage) -> Told<Vec<store::ServerRecord>> {
    let servers = stage.engine().store().servers_of_guild(stage.guild_id()).await;
    servers.map_err(|error| error.to_string())
}

async fn all_are(stage: &Stage, state: ServerState) -> Told<()> {
    until(&format!("all servers to be {state}"), || async {
        let all = servers_of(stage).await.ok()?;
        let fit = all.iter().filter(|server| server.watch.state == state).count();
        (fit == SERVERS).then_some(())
    })
    .await
}

/// Commands and buttons in turn, at a steady pace whatever the bot does.
async fn clicks(mia: &Actor, panel: &MessageView) -> Told<Spread> {
    let join = CustomId::Pick(Purpose::Join, 0).to_string();
    let mut pace = tokio::time::interval(CLICK_EVERY);
    let (mut running, start, mut turn) = (JoinSet::new(), Instant::now(), 0_u32);
    while start.elapsed() < CLICKED_FOR {
        pace.tick().await;
        let clicked = Instant::now();
        let reply = match turn % 3 {
            0 => mia.slash("help", NO_OPTIONS),
            1 => mia.slash("server list", NO_OPTIONS),
            _ => mia.click(panel, &join),
        };
        turn += 1;
        running.spawn(async move { answered(reply).await.map(|()| clicked.elapsed()) });
    }
    let mut times = Vec::new();
    while let Some(done) = running.join_next().await {
        times.push(done.map_err(|error| error.to_string())??);
    }
    Ok(Spread::of(times))
}

async fn answered(reply: Reply) -> Told<()> {
    match reply.first().await {
        First::Message(_) => Ok(()),
        other => Err(format!("a click went wrong: {other:?}")),
    }
}

/// Consoles of thousands of lines, which somebody reads all the time.
async fn talkative(
    amp: &Amp,
    ids: &[InstanceId],
    stage: &Stage,
    mia: &Actor,
    panel: &MessageView,
) -> Told<String> {
    let poller = stage.engine().poller().ok_or("nobody looks at servers")?.clone();
    let servers = servers_of(stage).await?;
    let reading = tokio::spawn(async move {
        loop {
            for server in &servers {
                let Some((panel, instance)) = poller.panel_of(server) else { continue };
                let _ = panel.console(&instance).await;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    for id in ids {
        let server = amp.instance(*id);
        (0..LINES).for_each(|line| server.say(&format!("[Server thread/INFO]: line {line}")));
    }
    let spread = clicks(mia, panel).await;
    reading.abort();
    Ok(format!("{LINES} lines in each console, read all the time: {}", spread?))
}
