//! The address of a call, from the path or the whole address that a person wrote.

use docspace::Portal;
use docspace::api::ClientInfo;
use docspace::deps::url::Url;

use crate::failure::Failure;

/// Where the paths of all calls begin.
const PREFIX: &str = "api/2.0/";

/// Returns the address of a call on the portal. The path continues `api/2.0/`, or contains it. A
/// whole address must be that of a call on the same portal, because the call has the credential of
/// the portal.
pub(super) fn address(portal: &Portal, text: &str) -> Result<Url, Failure> {
    let base = portal.api().baseurl().trim_end_matches('/');
    let prefix = format!("{base}/{PREFIX}");
    let text = text.trim();
    if text.contains("://") || text.starts_with("//") {
        return whole(&prefix, text, portal);
    }
    let path = text.trim_start_matches('/');
    let path = path.strip_prefix(PREFIX).unwrap_or(path);
    below(&prefix, &format!("{prefix}{path}"), text)
}

fn whole(prefix: &str, text: &str, portal: &Portal) -> Result<Url, Failure> {
    let wanted = Url::parse(prefix).ok().zip(Url::parse(text).ok());
    let is_on_portal = wanted.is_some_and(|(prefix, address)| {
        prefix.origin() == address.origin() && address.username().is_empty() && address.password().is_none()
    });
    if is_on_portal {
        return below(prefix, text, text);
    }
    Err(Failure::usage(format!("`{text}` is not an address on the portal {}", portal.url()))
        .advise("give a path such as files/rooms; the credential is sent only to the portal"))
}

/// Parses an address, and checks that it is below the prefix.
fn below(prefix: &str, address: &str, text: &str) -> Result<Url, Failure> {
    let reject = |why: &str| {
        Err(Failure::usage(format!("the path `{text}` {why}"))
            .advise("use a form such as files/rooms/17, and encode special characters in each part"))
    };
    if address.contains('#') {
        return reject("contains a fragment");
    }
    if address.contains('\\') || address.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return reject("contains a backslash, a space or a control character");
    }
    let (Ok(url), Ok(prefix)) = (Url::parse(address), Url::parse(prefix)) else { return reject("is not valid") };
    let Some(rest) = url.path().strip_prefix(prefix.path()) else { return reject("does not begin with api/2.0/") };
    if rest.is_empty() {
        return reject("does not name a call");
    }
    // The parser resolves `.` and `..`, even if they are encoded, to other paths.
    let parts = |path: &str| path.split(['?', '#']).next().unwrap_or_default().matches('/').count();
    if parts(url.path()) + 2 != parts(address) {
        return reject("contains `.` or `..`");
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(base: &str, text: &str) -> Option<String> {
        let portal = Portal::builder(base).api_key("sk-0").build().expect("an address");
        address(&portal, text).ok().map(String::from)
    }

    #[test]
    fn paths_continue_the_address_of_the_portal() {
        for base in ["https://acme.com", "https://acme.com/docs"] {
            let expected = format!("{base}/api/2.0/files/rooms?count=5");
            for text in ["files/rooms?count=5", "/files/rooms?count=5", "api/2.0/files/rooms?count=5"] {
                assert_eq!(on(base, text).as_deref(), Some(&*expected), "{text}");
            }
            assert_eq!(on(base, &format!("/{}", "api/2.0/files/rooms?count=5")), Some(expected.clone()));
            assert_eq!(on(base, &expected), Some(expected.clone()));
        }
        assert_eq!(on("https://acme.com", "files/a?next=/b/c").unwrap(), "https://acme.com/api/2.0/files/a?next=/b/c");
    }

    #[test]
    fn addresses_outside_the_api_of_the_portal_are_rejected() {
        for text in [
            "https://evil.example/api/2.0/files/rooms",
            "http://acme.com/api/2.0/files/rooms",
            "https://acme.com:8443/api/2.0/files/rooms",
            "https://acme.com@evil.example/api/2.0/files/rooms",
            "https://ann@acme.com/api/2.0/files/rooms",
            "https://acme.com/products/files",
            "//evil.example/api/2.0/files/rooms",
            "ftp://acme.com/api/2.0/files",
            "",
            "/",
            "api/2.0/",
            "../../products",
            "files/%2e%2e/%2e%2e/%2e%2e/products",
            "files/./rooms",
            "files\\rooms",
            "files/rooms#top",
            "files/a b",
        ] {
            assert_eq!(on("https://acme.com", text), None, "{text}");
        }
    }
}
