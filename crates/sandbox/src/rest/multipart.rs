//! `multipart/form-data` bodies (reference, "Uploading Files"): `payload_json` plus `files[n]`.

use bytes::Bytes;

/// An uploaded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upload {
    /// The `n` of `files[n]`.
    pub(crate) key: u64,
    pub(crate) filename: String,
    pub(crate) content_type: Option<String>,
    pub(crate) size: u64,
    pub(crate) content: Bytes,
}

/// What a body holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Multipart {
    /// The JSON text.
    pub(crate) payload: Option<Bytes>,
    pub(crate) uploads: Vec<Upload>,
}

impl Multipart {
    /// Takes a body apart; `None` when the boundary is missing or a part is malformed.
    pub(crate) fn parse(content_type: &str, body: &Bytes) -> Option<Self> {
        let boundary = parameter(content_type, "boundary")?;
        let mark = format!("--{boundary}");
        let mut found = Self::default();
        let mut at = find(body, mark.as_bytes(), 0)? + mark.len();
        while !body.get(at..)?.starts_with(b"--") {
            let end = find(body, format!("\r\n{mark}").as_bytes(), at)?;
            let split = find(body, b"\r\n\r\n", at).filter(|split| *split <= end)?;
            let headers = std::str::from_utf8(body.get(at..split)?).ok()?;
            let content = body.slice((split + 4).min(end)..end);
            found.add(headers, content)?;
            at = end + 2 + mark.len();
        }
        Some(found)
    }

    fn add(&mut self, headers: &str, content: Bytes) -> Option<()> {
        let header = |name: &str| {
            headers.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        let disposition = header("content-disposition")?;
        let name = parameter(&disposition, "name")?;
        if name == "payload_json" {
            self.payload = Some(content);
            return Some(());
        }
        let number = name.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']'));
        self.uploads.push(Upload {
            key: number.and_then(|number| number.parse().ok()).unwrap_or_default(),
            filename: parameter(&disposition, "filename")?,
            content_type: header("content-type"),
            size: u64::try_from(content.len()).ok()?,
            content,
        });
        Some(())
    }
}

/// The value of `name=` in a header, quoted or not.
fn parameter(header: &str, name: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        let value = value.trim().trim_matches('"');
        key.trim().eq_ignore_ascii_case(name).then(|| value.to_owned())
    })
}

fn find(body: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let rest = body.get(from..)?;
    rest.windows(needle.len()).position(|window| window == needle).map(|at| at + from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "--X\r\nContent-Disposition: form-data; name=\"payload_json\"\r\nContent-Type: application/json\r\n\r\n\
        {}\r\n--X\r\nContent-Disposition: form-data; name=\"files[3]\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\
        1234\r\n--X--\r\n";

    #[test]
    fn takes_payload_and_files_apart() {
        let body = Bytes::from_static(BODY.as_bytes());
        let found = Multipart::parse("multipart/form-data; boundary=\"X\"", &body).unwrap();
        assert_eq!(found.payload.as_deref(), Some(&b"{}"[..]));
        let file = &found.uploads[0];
        assert_eq!((file.key, file.filename.as_str(), file.size), (3, "a.png", 4));
        assert_eq!(&file.content[..], b"1234");
        assert_eq!(file.content_type.as_deref(), Some("image/png"));
    }

    #[test]
    fn broken_bodies_are_refused() {
        let kind = "multipart/form-data; boundary=X";
        for cut in 0..BODY.len() - 4 {
            let body = Bytes::copy_from_slice(&BODY.as_bytes()[..cut]);
            assert_eq!(Multipart::parse(kind, &body), None, "cut at {cut}");
        }
        assert_eq!(Multipart::parse("multipart/form-data", &Bytes::from_static(b"--X--")), None);
    }
}
