//! `gamekeeper service install`: the systemd units, with path and user filled in.
//!
//! The files are those in `ops/systemd`, which their own tools check. A person's own changes belong
//! into drop-ins (`systemctl edit`), so a unit that was changed by hand is not overwritten.

use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use jiff::civil::Time;

use crate::exit::Stop;

/// Files, and where they go.
const FILES: [(&str, &str); 4] = [
    (
        "etc/systemd/system/gamekeeper.service",
        include_str!("../../../ops/systemd/gamekeeper.service"),
    ),
    (
        "etc/systemd/system/gamekeeper-backup.service",
        include_str!("../../../ops/systemd/gamekeeper-backup.service"),
    ),
    (
        "etc/systemd/system/gamekeeper-backup.timer",
        include_str!("../../../ops/systemd/gamekeeper-backup.timer"),
    ),
    ("etc/sysusers.d/gamekeeper.conf", include_str!("../../../ops/systemd/gamekeeper.sysusers")),
];

/// What is done about the service.
#[derive(Clone, Debug, Subcommand)]
pub enum Service {
    /// Write the systemd units, and say what to run then. Starts nothing.
    Install(Install),
}

/// How it is installed.
#[derive(Args, Clone, Debug)]
pub struct Install {
    /// Write nothing: print the files and the commands.
    #[arg(long)]
    pub dry_run: bool,
    /// The user that the bot runs as; `systemd-sysusers` makes it.
    #[arg(long, value_name = "NAME", default_value = "gamekeeper", value_parser = user)]
    pub user: String,
    /// The program is `bin/gamekeeper` in there.
    #[arg(long, value_name = "DIR", default_value = "/usr/local", value_parser = prefix)]
    pub prefix: String,
    /// Write below this directory instead of `/`, for a package or an image.
    #[arg(long, value_name = "DIR", default_value = "/")]
    pub root: PathBuf,
    /// Overwrite files that are there and differ.
    #[arg(long)]
    pub force: bool,
}

/// Service and timer of backups as they are shipped, at the time of day that is set.
pub fn backup_units(at: Option<Time>) -> String {
    let at = at.map_or_else(|| "03:30:00".to_owned(), |at| at.strftime("%H:%M:%S").to_string());
    let mut text =
        "# gamekeeper service install puts them in place; then GAMEKEEPER_BACKUP_AT=off, and\n\
         # systemctl enable --now gamekeeper-backup.timer\n"
            .to_owned();
    for (path, unit) in FILES.iter().filter(|(path, _)| path.contains("gamekeeper-backup")) {
        let _ = write!(text, "\n# /{path}\n{}", unit.replace("03:30:00", &at));
    }
    text
}

/// A name that systemd and the system take, and that is not root's.
fn user(name: &str) -> Result<String, String> {
    let shaped = name.len() <= 31
        && name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c));
    match name {
        "root" => Err("the bot needs no rights of root; leave it out for a user of its own".into()),
        name if shaped => Ok(name.to_owned()),
        _ => Err("use small letters, digits, - and _, such as gamekeeper".into()),
    }
}

/// A place that needs no quotes in a unit.
fn prefix(dir: &str) -> Result<String, String> {
    let plain = dir.chars().all(|c| c.is_ascii_alphanumeric() || "/._+-".contains(c));
    if dir.starts_with('/') && plain {
        Ok(dir.trim_end_matches('/').to_owned())
    } else {
        Err("use a path from / of letters, digits and /._+-, such as /usr/local".into())
    }
}

/// A file as it would be written.
struct Filled {
    path: PathBuf,
    text: String,
}

impl Install {
    fn files(&self) -> impl Iterator<Item = Filled> + '_ {
        FILES.iter().map(|(path, text)| Filled {
            path: self.root.join(path),
            text: text
                .replace("/usr/local/bin/gamekeeper", &self.program())
                .replace("User=gamekeeper", &format!("User={}", self.user))
                .replace("u gamekeeper -", &format!("u {} -", self.user)),
        })
    }

    fn program(&self) -> String {
        format!("{}/bin/gamekeeper", self.prefix)
    }

    /// What is left to do, as commands for root.
    fn commands(&self) -> Vec<String> {
        let (user, program) = (&self.user, self.program());
        let mut commands = Vec::new();
        let own = std::env::current_exe().ok().filter(|own| own != Path::new(&program));
        if let Some(own) = own {
            commands.push(format!("install -m 755 {} {program}", own.display()));
        }
        let home = "/var/lib/gamekeeper";
        commands.extend([
            "systemd-sysusers".to_owned(),
            format!("install -d -m 700 -o {user} -g {user} {home}"),
            format!("install -m 600 -o {user} -g {user} .env {home}/.env"),
            "systemctl daemon-reload".to_owned(),
            "systemctl enable --now gamekeeper".to_owned(),
        ]);
        commands
    }
}

/// Does it, and says what is left to do.
#[expect(clippy::print_stdout, reason = "what was written is what was asked for")]
pub fn run(service: &Service) -> Result<(), Stop> {
    let Service::Install(install) = service;
    let files: Vec<Filled> = install.files().collect();
    if install.dry_run {
        for file in &files {
            println!("# {}\n{}", file.path.display(), file.text);
        }
        println!("# Nothing was written. Without --dry-run the files above are; then, as root:");
    } else {
        write(&files, install.force)?;
        println!("Then, as root:");
    }
    for command in install.commands() {
        println!("    {command}");
    }
    Ok(())
}

/// All that are missing or, by force, differ; nothing, if one differs and may not be overwritten.
#[expect(clippy::print_stdout, reason = "what was written is what was asked for")]
fn write(files: &[Filled], force: bool) -> Result<(), Stop> {
    let mut todo = Vec::new();
    for file in files {
        match fs::read(&file.path) {
            Ok(there) if there == file.text.as_bytes() => {
                println!("{} is there already", file.path.display());
            }
            Ok(_) if !force => return Err(differs(&file.path)),
            Ok(_) => todo.push(file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => todo.push(file),
            Err(error) => return Err(failed(&file.path, &error)),
        }
    }
    for file in todo {
        put(file).map_err(|error| failed(&file.path, &error))?;
        println!("{} is written", file.path.display());
    }
    Ok(())
}

/// At once, so that systemd never reads half a file.
fn put(file: &Filled) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    if let Some(directory) = file.path.parent() {
        fs::create_dir_all(directory)?;
    }
    let mut draft = file.path.clone().into_os_string();
    draft.push(".new");
    fs::write(&draft, &file.text)?;
    fs::set_permissions(&draft, fs::Permissions::from_mode(0o644))?;
    fs::rename(&draft, &file.path)
}

fn differs(path: &Path) -> Stop {
    Stop::Usage(format!(
        "{} is there and differs; nothing was written. Keep your own changes in a drop-in \
         (systemctl edit gamekeeper), then overwrite the file with --force",
        path.display()
    ))
}

fn failed(path: &Path, error: &io::Error) -> Stop {
    Stop::Unavailable(format!(
        "{} cannot be written: {error}. Run it with sudo, or look at --dry-run",
        path.display()
    ))
}
