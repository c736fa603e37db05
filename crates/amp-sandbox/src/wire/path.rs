//! Paths: `/API/{Module}/{Method}`, and the same again behind `/API/ADSModule/Servers/{InstanceID}`.

/// What a path asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Called<'a> {
    /// The instance as it was written, for a call through the controller.
    pub(super) instance: Option<&'a str>,
    pub(super) module: &'a str,
    pub(super) method: &'a str,
}

impl Called<'_> {
    pub(super) fn name(&self) -> String {
        format!("{}/{}", self.module, self.method)
    }
}

/// Reads a path; `None` if it is no call.
pub(super) fn read(path: &str) -> Option<Called<'_>> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match parts[..] {
        ["API", module, method] => Some(Called { instance: None, module, method }),
        ["API", "ADSModule", "Servers", id, "API", module, method] => {
            Some(Called { instance: Some(id), module, method })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_kinds_of_path() {
        let (module, method) = ("Core", "Start");
        assert_eq!(read("/API/Core/Start"), Some(Called { instance: None, module, method }));
        let proxied = "/API/ADSModule/Servers/abc/API/Core/Start";
        assert_eq!(read(proxied), Some(Called { instance: Some("abc"), module, method }));
        for other in
            ["/", "/API", "/API/Core", "/API/ADSModule/Servers/abc/Core/Start", "/api/Core/Start"]
        {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
