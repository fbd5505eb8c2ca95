//! The jobs that make templates, and rooms from templates. A portal runs one job of each kind at a
//! time (docs/portal/templates.md#one-job-of-a-kind-at-a-time).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::state::room_settings::{Lifetime, Watermark};

/// Time until the worker starts a job.
const START_DELAY: TimeDelta = TimeDelta::milliseconds(20);

/// The request that starts a job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct JobRequest {
    pub(crate) by: Uuid,
    pub(crate) source: i64,
    pub(crate) title: Option<String>,
    pub(crate) copy_logo: bool,
    pub(crate) logo: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) color: Option<String>,
    pub(crate) cover: Option<String>,
    pub(crate) quota: Option<i64>,
    pub(crate) share: Vec<String>,
    pub(crate) groups: Vec<Uuid>,
    pub(crate) public: bool,
    pub(crate) indexing: Option<bool>,
    pub(crate) deny_download: Option<bool>,
    pub(crate) private: Option<bool>,
    pub(crate) lifetime: Option<Lifetime>,
    pub(crate) watermark: Option<Watermark>,
}

/// The progress of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Step {
    /// The room or template does not exist yet.
    Waiting,
    /// The room or template exists, and this many files are copied.
    Copying(usize),
    Completed,
}

/// A job, running or completed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Job {
    #[serde(rename = "order")]
    pub(crate) request: JobRequest,
    /// The id of the new room or template, or -1.
    #[serde(rename = "made")]
    pub(crate) result_id: i64,
    pub(crate) progress: f64,
    pub(crate) error: String,
    pub(crate) step: Step,
    pub(crate) due: DateTime<Utc>,
    pub(crate) changed: DateTime<Utc>,
}

impl Job {
    pub(crate) fn new(request: JobRequest, now: DateTime<Utc>) -> Self {
        let due = now + START_DELAY;
        Self { request, result_id: -1, progress: 0.0, error: String::new(), step: Step::Waiting, due, changed: now }
    }

    pub(crate) fn is_completed(&self) -> bool {
        self.step == Step::Completed
    }
}
