//! Sending one call, and keeping its whole answer.

use docspace::api::{ClientInfo, Error as ApiError, OperationInfo, ResponseValue};
use docspace::deps::http;
use docspace::deps::http::header::{CONTENT_TYPE, HeaderMap};
use docspace::deps::http::{Extensions, Method, StatusCode, Version};
use docspace::deps::reqwest::{self, Request, Response};
use docspace::deps::url::Url;
use docspace::{Error, Portal};

/// A call to send.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    /// The body, which is JSON unless the headers have another type.
    pub(super) body: Option<Vec<u8>>,
}

/// An answer of the portal, successful or not.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) version: Version,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    /// What the library knows about the answer.
    extensions: Extensions,
}

impl Call {
    /// Sends the call with the credential, the limits and the retries of the portal.
    pub(super) async fn send(&self, portal: &Portal) -> Result<Answer, Error> {
        let call = async {
            let answer = self.exchange(portal).await?;
            Ok(ResponseValue::new(answer, StatusCode::OK, HeaderMap::new()))
        };
        portal.call(call).await
    }

    async fn exchange(&self, portal: &Portal) -> Result<Answer, ApiError<()>> {
        let api = portal.api();
        let operation = OperationInfo { operation_id: self.name() };
        let request = self.request(portal).map_err(ApiError::CommunicationError)?;
        let mut answer = api.inner().execute(request, &operation).await.map_err(ApiError::CommunicationError)?;
        let (status, version, headers) = (answer.status(), answer.version(), answer.headers().clone());
        let extensions = std::mem::take(answer.extensions_mut());
        let body = match answer.bytes().await {
            Ok(body) => body.to_vec(),
            // The status of a failure counts even if its body is lost.
            Err(_) if !status.is_success() => Vec::new(),
            Err(error) => return Err(ApiError::ResponseBodyError(error)),
        };
        Ok(Answer { status, version, headers, body, extensions })
    }

    fn request(&self, portal: &Portal) -> reqwest::Result<Request> {
        let mut request = portal.api().client().request(self.method.clone(), self.url.clone());
        if let Some(body) = &self.body {
            request = request.body(body.clone());
            if !self.headers.contains_key(CONTENT_TYPE) {
                request = request.header(CONTENT_TYPE, "application/json");
            }
        }
        request.headers(self.headers.clone()).build()
    }

    /// The name of the call in errors.
    fn name(&self) -> &'static str {
        match self.method {
            Method::GET => "get",
            Method::POST => "post",
            Method::PUT => "put",
            Method::DELETE => "delete",
            _ => "patch",
        }
    }
}

impl Answer {
    /// Returns the error of an answer that is not successful.
    pub(super) async fn error(self, portal: &Portal) -> Option<Error> {
        if self.status.is_success() {
            return None;
        }
        let mut answer = http::Response::new(self.body);
        *answer.status_mut() = self.status;
        *answer.headers_mut() = self.headers;
        *answer.extensions_mut() = self.extensions;
        let answer = Response::from(answer);
        portal.call(async { Err::<ResponseValue<()>, _>(ApiError::UnexpectedResponse(answer)) }).await.err()
    }
}
