//! Typed [httpmock] helpers: say which call of the DocSpace API is expected and what it answers.
//!
//! For unit tests that need one odd answer. A whole portal that remembers what it was told is in `docspace-mock`.
//! Lists of query parameters have no matcher, and enums in a query are matched by their number.
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

#[rustfmt::skip] // Laid out by prettyplease, so that every machine writes the same.
#[allow(missing_docs, unreachable_pub, clippy::all, clippy::uninlined_format_args, rustdoc::all)]
mod generated;

pub use generated::*;

/// The pattern for a path parameter with this value: it matches exactly what the client sends. A
/// value that the client rejects is never sent, so its pattern matches nothing.
fn path_pattern(value: &str) -> String {
    docspace_api::path_segment(value).map_or_else(|_| "[^\\s\\S]".to_owned(), |segment| regex::escape(&segment))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use docspace_api::{Client, ClientLinksExt, Direct};

    use super::*;

    #[tokio::test]
    async fn a_path_parameter_matches_as_it_is_sent() {
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
    fn a_value_that_is_never_sent_matches_nothing() {
        let pattern = regex::Regex::new(&format!("^/{}$", path_pattern(".."))).unwrap();
        assert!(!pattern.is_match("/..") && !pattern.is_match("/"));
    }
}
