//! Calls of the API that have no method of their own.

use docspace_api::{ClientInfo, Error as ApiError, ResponseValue};
use http::Method;
use reqwest::RequestBuilder;
use serde::de::value::UnitDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Serialize};
use url::Url;

use super::Portal;
use crate::error::{Call, Error, Result};

/// Where the paths of all calls begin.
const PREFIX: &str = "api/2.0/";

/// The frame of every JSON answer.
#[derive(Deserialize)]
struct Envelope<T> {
    response: Option<T>,
}

impl Portal {
    /// Sends a call of the generated client ([`api`](Self::api)) and returns the body of its
    /// answer. It fails with the same [`Error`] as every other method, including the portal's own
    /// message.
    ///
    /// ```
    /// use docspace::api::ClientFoldersExt;
    ///
    /// # doc_examples::with_portal(async |portal| {
    /// let call = portal.api().list_folder().folder_id(4711).send();
    /// let error = portal.call(call).await.unwrap_err();
    /// assert!(error.is_not_found());
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// After a failure that leaves the outcome unknown, the call is repeated only if its operation
    /// is in [`REPEATABLE`](crate::api::REPEATABLE). So a creation is never sent twice.
    ///
    /// # Errors
    ///
    /// The [errors of every call](crate::ErrorKind#errors-of-every-call), and those of the
    /// operation.
    pub async fn call<T>(&self, call: impl Future<Output = Result<ResponseValue<T>, ApiError<()>>>) -> Result<T> {
        match call.await {
            Ok(answer) => Ok(answer.into_inner()),
            Err(error) => Err(Error::of_api(error).await),
        }
    }

    /// Reads from any path of the API, and returns the `response` of the answer. `path` goes on
    /// from `api/2.0/`. Without a query, pass `&()`.
    ///
    /// ```
    /// # doc_examples::with_portal(async |portal| {
    /// let page: serde_json::Value = portal.get("files/rooms", &[("count", "5")]).await?;
    /// println!("{} rooms", page["total"]);
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// The call has the portal's credentials, limits and retries, like every other read.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the path or the query is malformed. Nothing was
    ///   sent.
    /// - [`Decode`](crate::ErrorKind::Decode): the answer is not JSON with a `T` in `response`.
    /// - The [errors of every call](crate::ErrorKind#errors-of-every-call), and those of the
    ///   operation.
    pub async fn get<T: DeserializeOwned>(&self, path: &str, query: &(impl Serialize + ?Sized)) -> Result<T> {
        let (call, request) = self.request(Method::GET, path)?;
        self.response(&call, request.query(query)).await
    }

    /// Sends a request with a JSON body to any path of the API, and returns the `response` of the
    /// answer. `path` goes on from `api/2.0/`. For a request without a body, pass `&()`.
    ///
    /// ```
    /// use docspace::deps::http::Method;
    /// use serde_json::json;
    ///
    /// # doc_examples::with_portal(async |portal| {
    /// let tag: String = portal.send(Method::POST, "files/tags", &json!({ "name": "audit" })).await?;
    /// assert_eq!(tag, "audit");
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// The call has the portal's credentials and limits. After a failure that leaves the outcome
    /// unknown, only a `GET` is repeated, so nothing is created twice.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the path or the body is malformed. Nothing was
    ///   sent.
    /// - [`Decode`](crate::ErrorKind::Decode): the answer is not JSON with a `T` in `response`. The
    ///   portal has executed the call.
    /// - The [errors of every call](crate::ErrorKind#errors-of-every-call), and those of the
    ///   operation.
    pub async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &(impl Serialize + ?Sized),
    ) -> Result<T> {
        let (call, request) = self.request(method, path)?;
        let body = serde_json::to_value(body)
            .map_err(|error| Error::invalid(format!("the body cannot be written as JSON: {error}")).of(&call))?;
        self.response(&call, if body.is_null() { request } else { request.json(&body) }).await
    }

    fn request(&self, method: Method, path: &str) -> Result<(Call, RequestBuilder)> {
        let name = match method {
            Method::GET => "get",
            Method::POST => "post",
            Method::PUT => "put",
            Method::DELETE => "delete",
            Method::PATCH => "patch",
            _ => "send",
        };
        let path = path.trim_start_matches('/');
        let path = path.strip_prefix(PREFIX).unwrap_or(path);
        let call = Call::new(name, path);
        let url = url(self.api().baseurl(), path).map_err(|error| error.of(&call))?;
        let request = self.api().client().request(method, url);
        Ok((call, request))
    }

    async fn response<T: DeserializeOwned>(&self, call: &Call, request: RequestBuilder) -> Result<T> {
        let envelope: Envelope<T> = call.send(self.api(), request).await?;
        match envelope.response {
            Some(response) => Ok(response),
            // A portal leaves `response` out when it has nothing to report, which is right for `()`
            // and `Option`.
            None => {
                let nothing: UnitDeserializer<serde::de::value::Error> = ().into_deserializer();
                T::deserialize(nothing).map_err(|_| call.no_response())
            }
        }
    }
}

/// The address of a path below [`PREFIX`].
fn url(base: &str, path: &str) -> Result<Url> {
    let reject = |why: &str| {
        Err(Error::invalid(format!("the path {why}")).advise("write it like files/rooms/17, and encode each part"))
    };
    if path.is_empty() {
        return reject("is empty");
    }
    if path.contains(['?', '#']) {
        return reject("contains a query or a fragment");
    }
    if path.contains('\\') || path.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return reject("contains a backslash, a blank or a control character");
    }
    let prefix = format!("{base}/{PREFIX}");
    let Ok(url) = Url::parse(&format!("{prefix}{path}")) else { return reject("is malformed") };
    // The parser resolves `.` and `..`, also when they are encoded, to other paths.
    let parts = |path: &str| path.matches('/').count();
    let prefix = Url::parse(&prefix).map_or(0, |prefix| parts(prefix.path()));
    if parts(url.path()) != prefix + parts(path) {
        return reject("contains `.` or `..`");
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_api() {
        for base in ["https://acme.com", "https://acme.com/docs"] {
            assert_eq!(url(base, "files/@my").unwrap().as_str(), format!("{base}/api/2.0/files/@my"));
            assert_eq!(url(base, "files/a%2Fb/").unwrap().as_str(), format!("{base}/api/2.0/files/a%2Fb/"));
            for bad in ["", "a?b=c", "a#b", "..", "a/../b", "a/%2e%2E/b", "./a", "a\\b", "a b", "a\nb"] {
                assert!(url(base, bad).is_err(), "{bad}");
            }
        }
    }

    #[test]
    fn a_whole_path_is_accepted() {
        let portal = Portal::builder("https://acme.com/docs").api_key("sk-0").build().unwrap();
        for path in ["files/rooms", "/files/rooms", "/api/2.0/files/rooms", "api/2.0/files/rooms"] {
            let (_, request) = portal.request(Method::GET, path).unwrap();
            assert_eq!(request.build().unwrap().url().as_str(), "https://acme.com/docs/api/2.0/files/rooms", "{path}");
        }
    }
}
