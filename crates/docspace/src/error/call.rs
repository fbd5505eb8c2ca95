//! A call of the API, as an error names it, and how its outcome becomes an error.

use std::fmt;

use docspace_api::{Client, ClientInfo, Error as ApiError, OperationInfo, ResponseValue, RoomId};
use reqwest::RequestBuilder;
use serde::de::DeserializeOwned;

use super::answer::Answer;
use super::{Error, ErrorKind, Result, connect};
use crate::platform;
use crate::transport::CallName;

/// What was tried, and on what.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(super) name: &'static str,
    pub(super) subject: Subject,
}

/// What a call is about. Its text is only needed for an error.
#[derive(Clone, Debug)]
pub(crate) enum Subject {
    Text(String),
    Room(RoomId),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Room(id) => id.fmt(f),
        }
    }
}

impl From<String> for Subject {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Subject {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&RoomId> for Subject {
    fn from(id: &RoomId) -> Self {
        Self::Room(id.clone())
    }
}

impl Call {
    /// `name` is the name in the generated client, such as `archive_room`. `subject` continues it
    /// in a message, such as `17`.
    pub(crate) fn new(name: &'static str, subject: impl Into<Subject>) -> Self {
        Self { name, subject: subject.into() }
    }

    /// Reads a list, beginning at this position.
    pub(crate) fn list_from(name: &'static str, start: i32) -> Self {
        Self::new(name, if start == 0 { String::new() } else { format!("from {start}") })
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    // The futures of these methods are in a box, because an answer can have a few KiB. Without the
    // box, they would be in the future of each caller, and a few times in those of its callers.

    /// The envelope of a successful answer.
    pub(crate) fn envelope<T>(
        &self,
        outcome: Result<ResponseValue<T>, ApiError<()>>,
    ) -> impl Future<Output = Result<T>> {
        self.outcome(outcome.map(ResponseValue::into_inner))
    }

    /// The content of the envelope of a successful answer. A portal leaves out `response` if it has
    /// no content, which is an error here.
    pub(crate) fn response<T, R>(
        &self,
        outcome: Result<ResponseValue<T>, ApiError<()>>,
        inside: impl FnOnce(T) -> Option<R>,
    ) -> impl Future<Output = Result<R>> {
        let known = match outcome {
            Ok(answer) => Ok(inside(answer.into_inner()).ok_or_else(|| self.no_response())),
            Err(error) => Err(Box::pin(self.failure(error))),
        };
        async move {
            match known {
                Ok(content) => content,
                Err(failure) => Err(failure.await),
            }
        }
    }

    /// The error of a successful answer without content.
    pub(crate) fn no_response(&self) -> Error {
        Error::new(ErrorKind::Decode, "the answer has no `response`").of(self)
    }

    /// The outcome of a call without an envelope.
    pub(crate) fn outcome<T>(&self, outcome: Result<T, ApiError<()>>) -> impl Future<Output = Result<T>> {
        Box::pin(async move {
            match outcome {
                Ok(value) => Ok(value),
                Err(error) => Err(self.failure(error).await),
            }
        })
    }

    /// Sends a request that the generated client cannot build, through the same transport, and
    /// reads the JSON of a successful answer.
    pub(crate) async fn send<T: DeserializeOwned>(&self, api: &Client, request: RequestBuilder) -> Result<T> {
        let read = async {
            let request = request.build().map_err(ApiError::CommunicationError)?;
            let operation = OperationInfo { operation_id: self.name };
            let response = api.inner().execute(request, &operation).await.map_err(ApiError::CommunicationError)?;
            if !response.status().is_success() {
                return Err(ApiError::UnexpectedResponse(response));
            }
            let body = response.bytes().await.map_err(ApiError::ResponseBodyError)?;
            serde_json::from_slice(&body).map_err(|error| ApiError::InvalidResponsePayload(body, error))
        };
        self.outcome(read.await).await
    }

    async fn failure(&self, error: ApiError<()>) -> Error {
        let error = match error {
            ApiError::InvalidRequest(reason) | ApiError::Custom(reason) => Error::invalid(reason),
            ApiError::UnexpectedResponse(response) => Answer::read(response, self.name).await.into_error(),
            ApiError::ErrorResponse(value) => Error::new(ErrorKind::of_status(value.status().as_u16()), "rejected"),
            ApiError::CommunicationError(error)
            | ApiError::InvalidUpgrade(error)
            | ApiError::ResponseBodyError(error) => transport(error),
            ApiError::InvalidResponsePayload(body, error) => undecodable(&body, &error),
        };
        error.of(self)
    }
}

impl Error {
    /// The failure of a call that was made with the generated client. Its path is not shown,
    /// because it can hold the key of a link.
    pub(crate) async fn of_api(error: ApiError<()>) -> Self {
        let call = match &error {
            ApiError::UnexpectedResponse(answer) => platform::annotation(answer).map(|CallName(name)| (name, "")),
            _ => None,
        };
        let (name, subject) = call.unwrap_or(("call", "the portal"));
        Call::new(name, subject).failure(error).await
    }
}

/// The error for an answer that cannot be parsed. It has only the position, because the parser's
/// own message can quote the answer, which may contain a password.
fn undecodable(body: &[u8], error: &serde_json::Error) -> Error {
    if body.trim_ascii_start().starts_with(b"<") {
        return Error::new(ErrorKind::Decode, "the answer is a web page");
    }
    let (line, column) = (error.line(), error.column());
    let what = if error.is_eof() { "the answer ends too early" } else { "the answer has an unexpected form" };
    Error::new(ErrorKind::Decode, format!("{what}, at line {line}, column {column}"))
}

fn transport(error: reqwest::Error) -> Error {
    if platform::is_connect(&error) {
        let kind = if error.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Transport };
        let proxy = error.url().and_then(platform::proxy_of);
        let (reason, advice) = connect::explain(&error, proxy.as_deref());
        let mut failure = Error::new(kind, reason).advise(advice);
        failure.0.retryable = true;
        failure.0.nothing_was_done = true;
        return failure.caused_by(error.without_url());
    }
    let (kind, reason) = if error.is_timeout() {
        (ErrorKind::Timeout, "no answer in time")
    } else if error.is_decode() || error.is_body() {
        // The answer arrived in part.
        (ErrorKind::Transport, "the answer broke off")
    } else if error.is_builder() {
        (ErrorKind::Invalid, "the request cannot be built")
    } else {
        (ErrorKind::Transport, "the connection broke")
    };
    let mut failure = Error::new(kind, reason);
    failure.0.nothing_was_done = error.is_builder();
    failure.caused_by(error.without_url())
}
