//! One call of the API, as an error names it, and how its outcome becomes an error.

use docspace_api::{Client, ClientInfo, Error as ApiError, OperationInfo, ResponseValue};
use reqwest::RequestBuilder;
use serde::de::DeserializeOwned;

use super::answer::Answer;
use super::{Error, ErrorKind, Result, connect};
use crate::platform;

/// What was tried, and on what.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(super) name: &'static str,
    pub(super) subject: String,
}

impl Call {
    /// `name` as the generated client has it, such as `archive_room`; `subject` goes on from there, such as `17`.
    pub(crate) fn new(name: &'static str, subject: impl Into<String>) -> Self {
        Self { name, subject: subject.into() }
    }

    /// The envelope of a good answer, or what went wrong.
    pub(crate) async fn envelope<T>(&self, outcome: Result<ResponseValue<T>, ApiError<()>>) -> Result<T> {
        self.outcome(outcome.map(ResponseValue::into_inner)).await
    }

    /// What is inside the envelope of a good answer. A portal leaves out `response` where it has nothing to say, which
    /// is an error where something was asked for.
    pub(crate) async fn response<T, R>(
        &self,
        outcome: Result<ResponseValue<T>, ApiError<()>>,
        inside: impl FnOnce(T) -> Option<R>,
    ) -> Result<R> {
        let envelope = self.envelope(outcome).await?;
        inside(envelope).ok_or_else(|| self.no_response())
    }

    /// That a good answer is empty where something was asked for.
    pub(crate) fn no_response(&self) -> Error {
        Error::new(ErrorKind::Decode, "the answer has no `response`").of(self)
    }

    /// The outcome of a call whose answer was already taken out of its envelope.
    pub(crate) async fn outcome<T>(&self, outcome: Result<T, ApiError<()>>) -> Result<T> {
        match outcome {
            Ok(value) => Ok(value),
            Err(error) => Err(self.failure(error).await),
        }
    }

    /// Sends a request that the generated client cannot make, the way its own go, and reads the JSON of a good answer.
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
            ApiError::ErrorResponse(value) => Error::new(ErrorKind::of_status(value.status().as_u16()), "refused"),
            ApiError::CommunicationError(error)
            | ApiError::InvalidUpgrade(error)
            | ApiError::ResponseBodyError(error) => transport(error),
            ApiError::InvalidResponsePayload(body, error) => undecodable(&body, &error),
        };
        error.of(self)
    }
}

/// The message of a JSON error can quote what it stumbled over, which may be a password; so only its place is told.
fn undecodable(body: &[u8], error: &serde_json::Error) -> Error {
    if body.trim_ascii_start().starts_with(b"<") {
        return Error::new(ErrorKind::Decode, "the answer is a web page");
    }
    let (line, column) = (error.line(), error.column());
    let what = if error.is_eof() { "the answer ends too early" } else { "the answer is not what was expected" };
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
        // Something came, but not the rest of it.
        (ErrorKind::Transport, "the answer broke off")
    } else if error.is_builder() {
        (ErrorKind::Invalid, "the request could not be built")
    } else {
        (ErrorKind::Transport, "the connection broke")
    };
    let mut failure = Error::new(kind, reason);
    failure.0.nothing_was_done = error.is_builder();
    failure.caused_by(error.without_url())
}
