//! A log file that never grows beyond a size, with a few old ones beside it.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use parking_lot::Mutex;
use tracing_subscriber::fmt::MakeWriter;

/// Where, how much, and how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFile {
    /// The file that is written; older ones have `.1`, `.2` and so on behind the name.
    pub path: PathBuf,
    /// Largest size of one, in bytes.
    pub bytes: u64,
    /// How many there are at most, this one included.
    pub files: u32,
}

/// Writes whole lines. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Rotating(Arc<Mutex<Open>>);

#[derive(Debug)]
struct Open {
    what: LogFile,
    file: File,
    written: u64,
}

/// One line on its way into the file.
pub(super) struct Line {
    to: Rotating,
    text: Vec<u8>,
}

impl Rotating {
    /// Goes on where the file ends.
    pub(super) fn open(what: LogFile) -> io::Result<Self> {
        if let Some(folder) = what.path.parent().filter(|path| !path.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        let file = appended(&what.path)?;
        let written = file.metadata()?.len();
        Ok(Self(Arc::new(Mutex::new(Open { what, file, written }))))
    }
}

fn appended(path: &Path) -> io::Result<File> {
    // What people do is nobody's business on the machine.
    OpenOptions::new().append(true).create(true).mode(0o640).open(path)
}

impl Open {
    fn write(&mut self, line: &[u8]) -> io::Result<()> {
        let length = u64::try_from(line.len()).unwrap_or(u64::MAX);
        if self.written > 0 && self.written.saturating_add(length) > self.what.bytes {
            // Rather a file that is too large than none: a bot that may not rename files where they
            // are goes on writing, and tries again with the next line.
            let _ = self.rotate();
        }
        self.file.write_all(line)?;
        self.written = self.written.saturating_add(length);
        Ok(())
    }

    fn rotate(&mut self) -> io::Result<()> {
        let LogFile { path, files, .. } = &self.what;
        let old = |number: u32| {
            let mut name = path.clone().into_os_string();
            name.push(format!(".{number}"));
            PathBuf::from(name)
        };
        if *files > 1 {
            for number in (1..files - 1).rev() {
                moved(&old(number), &old(number + 1))?;
            }
            moved(path, &old(1))?;
        } else {
            self.file.set_len(0)?;
        }
        self.file = appended(path)?;
        self.written = 0;
        Ok(())
    }
}

/// What is not there need not be moved.
fn moved(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        // A full disk is told of on standard error, where everything is logged as well.
        let _ = self.to.0.lock().write(&self.text);
    }
}

impl<'a> MakeWriter<'a> for Rotating {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line { to: self.clone(), text: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, io::Write as _};

    use tracing_subscriber::fmt::MakeWriter as _;

    use super::{LogFile, Rotating};

    #[test]
    fn files_are_bounded_in_size_and_number() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("logs/bot.log");
        let open = || Rotating::open(LogFile { path: path.clone(), bytes: 100, files: 3 }).unwrap();
        let log = open();
        for number in 0..50 {
            let mut line = log.make_writer();
            // A line is written whole, also when it comes in parts.
            write!(line, "line {number:02} ").unwrap();
            writeln!(line, "{}", "x".repeat(22)).unwrap();
        }
        let mut names: Vec<String> = fs::read_dir(home.path().join("logs"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["bot.log", "bot.log.1", "bot.log.2"]);
        for name in &names {
            let text = fs::read_to_string(home.path().join("logs").join(name)).unwrap();
            assert!(text.len() <= 100 && text.ends_with("x\n"), "{name}: {text}");
            assert!(text.lines().all(|line| line.len() == 30), "{text}");
        }
        let newest = fs::read_to_string(&path).unwrap();
        assert!(newest.contains("line 49"), "{newest}");
        drop(log);
        // A new process goes on, and does not forget what is in it.
        writeln!(open().make_writer(), "{}", "y".repeat(60)).unwrap();
        assert!(fs::read_to_string(path.with_extension("log.1")).unwrap().contains("line 49"));
    }

    #[test]
    fn where_nothing_can_be_renamed_it_grows_and_no_line_is_lost() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("bot.log");
        // Nothing can be put in the place of a directory with something in it.
        fs::create_dir_all(home.path().join("bot.log.1/x")).unwrap();
        let log = Rotating::open(LogFile { path: path.clone(), bytes: 10, files: 2 }).unwrap();
        for text in ["first", "second", "third"] {
            writeln!(log.make_writer(), "{text}").unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "first\nsecond\nthird\n");
    }

    #[test]
    fn one_file_alone_begins_anew() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("bot.log");
        let log = Rotating::open(LogFile { path: path.clone(), bytes: 10, files: 1 }).unwrap();
        for text in ["first", "second"] {
            writeln!(log.make_writer(), "{text}").unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "second\n");
    }
}
