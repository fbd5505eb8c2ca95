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
