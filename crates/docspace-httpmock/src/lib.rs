//! Typed [httpmock] helpers, which expect a call of the DocSpace API and return a response.
//!
//! Use them in unit tests that need a particular response. The crate `docspace-mock` simulates a
//! whole portal, which remembers earlier calls. Query parameters with several values do not have a
//! matcher. Enums in a query are matched by their number.
//!
//! ```
//! use std::sync::Arc;
//! use docspace_api::{Client, ClientTemplatesExt, Direct};
//! use docspace_api::types::{TemplateStatus, TemplateStatusEnvelope};
//! use docspace_httpmock::MockServerExt;
//!
//! # fn status() -> TemplateStatusEnvelope {
//! #     let json = r#"{"response": {"templateId": 7, "progress": 100.0, "error": "", "isCompleted": true},
//! #                    "count": 1, "links": [], "status": 0, "statusCode": 200}"#;
//! #     serde_json::from_str(json).unwrap()
//! # }
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! let server = httpmock::MockServer::start();
//! let expected = server.get_template_status(|_when, then| {
//!     then.ok(&status());
//! });
//!
//! let http = reqwest::Client::new();
//! let client = Client::new_with_client(&server.base_url(), http.clone(), Arc::new(Direct::new(http)));
//! let answer = client.get_template_status().send().await.unwrap();
//!
//! expected.assert();
//! assert_eq!(answer.response.as_ref().map(|status| status.template_id), Some(7));
//! # });
//! ```

#[rustfmt::skip] // Formatted by prettyplease, so that the output is the same on every machine.
#[allow(missing_docs, unreachable_pub, clippy::all, clippy::uninlined_format_args, rustdoc::all)]
mod generated;
mod answers;

pub use answers::Answer;
pub use generated::*;
pub use httpmock;

/// Returns a pattern that matches a path parameter exactly as the client sends it. If the client
/// rejects the value, the pattern matches nothing.
fn path_pattern(value: &str) -> String {
    docspace_api::path_segment(value).map_or_else(|_| "[^\\s\\S]".to_owned(), |segment| regex::escape(&segment))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use docspace_api::{Client, ClientLinksExt, Direct};

    use super::*;

    #[tokio::test]
    async fn path_parameter_matches_the_encoded_value() {
        let server = httpmock::MockServer::start_async().await;
        let http = reqwest::Client::new();
        let client = Client::new_with_client(&server.base_url(), http.clone(), Arc::new(Direct::new(http)));
        for key in ["V0FW", "a|b", "a.b+c", "é@:", "a b", "%2e"] {
            let mut expected = server.check_link_key(|when, then| {
                when.key(key);
                then.into_inner().status(404);
            });
            let _ = client.check_link_key().key(key).send().await;
            expected.assert();
            let _ = client.check_link_key().key("axb+b").send().await;
            assert_eq!(expected.calls(), 1, "{key}");
            expected.delete();
        }
    }

    #[test]
    fn rejected_value_matches_nothing() {
        let pattern = regex::Regex::new(&format!("^/{}$", path_pattern(".."))).unwrap();
        assert!(!pattern.is_match("/..") && !pattern.is_match("/"));
    }
}
