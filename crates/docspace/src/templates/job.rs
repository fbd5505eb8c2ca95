//! Creating a template, or a room from a template: start the job, wait for it, and verify the
//! result.
//!
//! A portal runs one job of each kind at a time, for all people, and jobs have no ids. While a job
//! runs, the portal answers another request with status 200 and the status of the running job, and
//! drops the request. A job that fails can leave an empty room with the requested title behind
//! (recordings templates/two-at-once and templates/failed-jobs). Therefore the client reads the
//! status before it sends anything, and compares the result with the request.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use docspace_api::types::{Room, RoomFromTemplateStatus, TemplateStatus};
use docspace_api::{ClientTemplatesExt, Error as ApiError};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::outcome::{Existing, Product, Requested};
use crate::error::{Call, Error, Result};
use crate::platform::{BoxFuture, Instant, MaybeSend, spawn};
use crate::portal::Portal;
use crate::rooms::Creations;
use crate::waiting::{InFlight, Mapped, Observation, Operation, Poll, Poller, Queue, Resumed, Stage, Ticket};

/// The jobs that this program has in flight on a portal.
#[derive(Debug, Default)]
pub(crate) struct TemplateJobs {
    templates: Slot,
    rooms: Slot,
}

/// A portal's place for the one job of a kind that can run.
#[derive(Debug, Default)]
struct Slot {
    jobs: Queue<Job>,
    /// When a job was last seen in the slot. It may be a job of another program, which is not in
    /// `jobs`.
    taken: Mutex<Option<Instant>>,
}

impl Slot {
    fn note(&self, is_taken: bool) {
        *self.taken.lock().unwrap_or_else(PoisonError::into_inner) = is_taken.then(Instant::now);
    }

    /// Whether a job was in the slot a moment ago.
    fn was_taken(&self, max_age: Duration) -> bool {
        let taken = *self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.is_some_and(|at| at.elapsed() < max_age)
    }
}

/// A job of this program in a portal's slot.
#[derive(Debug, Default)]
pub(super) struct Job(Mutex<JobState>);

#[derive(Clone, Debug, Default)]
enum JobState {
    /// The request was not answered yet.
    #[default]
    Starting,
    /// In the slot, with the id of the new template or room if known, and the time of the last
    /// poll.
    Running(Option<i32>, Option<Instant>),
    /// Ended, with the id of the new template or room and the error of the portal, if the portal
    /// still had them.
    Ended(Option<i32>, Option<String>),
}

impl Job {
    fn state(&self) -> MutexGuard<'_, JobState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_starting(&self) -> bool {
        matches!(*self.state(), JobState::Starting)
    }

    /// Whether the job was polled a moment ago.
    fn is_fresh(&self, max_age: Duration) -> bool {
        matches!(*self.state(), JobState::Running(_, Some(polled)) if polled.elapsed() < max_age)
    }

    /// Records that the slot is polled. Returns whether the job is in the slot, so that the answer
    /// is about it.
    fn begin_poll(&self) -> bool {
        let mut state = self.state();
        let JobState::Running(_, polled) = &mut *state else { return false };
        *polled = Some(Instant::now());
        true
    }

    /// Processes the status in the slot. The portal removes a status a minute after its last
    /// change.
    fn observe(&self, status: Option<&Status>) {
        let mut state = self.state();
        let JobState::Running(created_id, polled) = *state else { return };
        *state = match status {
            // The slot has another job if its status has another id.
            Some(status) if created_id.is_some() && status.created_id.is_some() && created_id != status.created_id => {
                JobState::Ended(created_id, None)
            }
            Some(status) if !status.is_done => JobState::Running(status.created_id.or(created_id), polled),
            Some(status) => JobState::Ended(status.created_id.or(created_id), Some(status.error.clone())),
            None => JobState::Ended(created_id, None),
        };
    }
}

impl InFlight for Job {
    fn is_over(&self) -> bool {
        matches!(*self.state(), JobState::Ended(..))
    }
}

impl Product {
    /// Reads the status in the slot. `None` if there is none, or if the job has ended more than a
    /// minute ago.
    async fn status(self, portal: &Portal) -> Result<Option<Status>> {
        Ok(match self {
            Self::Template => {
                let call = Call::new("get_template_status", "of the portal");
                let envelope = call.envelope(portal.api().get_template_status().send().await).await?;
                envelope.response.map(Into::into)
            }
            Self::Room => {
                let call = Call::new("get_room_from_template_status", "of the portal");
                let envelope = call.envelope(portal.api().get_room_from_template_status().send().await).await?;
                envelope.response.map(Into::into)
            }
        })
    }
}

/// The fields that both statuses have.
pub(super) struct Status {
    /// The id of the new template or room, once it is known.
    created_id: Option<i32>,
    progress: f64,
    error: String,
    is_done: bool,
}

impl From<TemplateStatus> for Status {
    fn from(status: TemplateStatus) -> Self {
        let created_id = Some(status.template_id).filter(|id| *id > 0);
        Self { created_id, progress: status.progress, error: status.error, is_done: status.is_completed }
    }
}

impl From<RoomFromTemplateStatus> for Status {
    fn from(status: RoomFromTemplateStatus) -> Self {
        let created_id = Some(status.room_id).filter(|id| *id > 0);
        Self { created_id, progress: status.progress, error: status.error, is_done: status.is_completed }
    }
}

/// The answer to a request that starts a job.
pub(super) type Answer = Result<Option<Status>, ApiError<()>>;

/// Waits for the slot, sends the request, and returns the operation.
pub(super) async fn start<F>(
    portal: Portal,
    requested: Requested,
    send: impl Fn(Portal) -> F + Send + Sync + 'static,
) -> Result<Operation<Room>>
where
    F: Future<Output = Answer> + MaybeSend + 'static,
{
    let send: Arc<SendRequest> = Arc::new(move |portal| Box::pin(send(portal)));
    let (policy, call) = (portal.wait_policy().clone(), requested.call());
    let watch = Arc::new(Watch { jobs: portal.state(), portal, requested });
    let starter = Arc::new(Starter { watch: Arc::clone(&watch), send, is_sent: AtomicBool::new(false) });
    let attempt = |max_age| -> BoxFuture<'_, _> { Box::pin(Arc::clone(&starter).try_start(max_age)) };
    let (job, existing) = watch.queue().start(&policy, &call, &starter.is_sent, attempt).await?;
    Ok(Operation::new(call, &policy, JobPoller { watch, job, existing, is_verifying: false }))
}

/// The key of the content in a ticket.
const KEY: &str = "template_operation";

/// The content of a ticket.
#[derive(Debug, Serialize, Deserialize)]
struct JobTicket {
    requested: Requested,
    existing: Existing,
    /// The id of the new template or room, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_id: Option<i32>,
}

/// Resumes the wait for a template or a room from a template. `None` if the content is not that of
/// such a ticket.
pub(crate) fn resume(portal: &Portal, content: &Value) -> Option<Operation<Resumed>> {
    let JobTicket { requested, existing, created_id } = JobTicket::deserialize(content.get(KEY)?).ok()?;
    let call = requested.call();
    let watch = Arc::new(Watch { jobs: portal.state(), portal: portal.clone(), requested });
    // It is in the slot until a poll finds out otherwise.
    let running = || Job(Mutex::new(JobState::Running(created_id, None)));
    let job = watch.queue().try_enter(usize::MAX, |_| true, running)?;
    let poller = JobPoller { watch, job, existing, is_verifying: false };
    let poller = Mapped { poller: Box::new(poller), change: |room| Resumed::Room(Box::new(room)) };
    Some(Operation::new(call, portal.wait_policy(), poller))
}

/// Sends the request.
type SendRequest = dyn Fn(Portal) -> BoxFuture<'static, Answer> + Send + Sync;

/// Polls the slot for what is requested.
struct Watch {
    portal: Portal,
    requested: Requested,
    jobs: Arc<TemplateJobs>,
}

/// Starts a job.
struct Starter {
    watch: Arc<Watch>,
    send: Arc<SendRequest>,
    is_sent: AtomicBool,
}

impl Starter {
    async fn try_start(self: Arc<Self>, max_age: Duration) -> Result<Option<(Arc<Job>, Existing)>> {
        let is_fresh = self.watch.queue().in_flight().iter().any(|job| job.is_fresh(max_age));
        if is_fresh || self.watch.slot().was_taken(max_age) {
            return Ok(None);
        }
        let entered = self.watch.queue().try_enter(usize::MAX, |other| !other.is_starting(), Job::default);
        let Some(job) = entered else { return Ok(None) };
        // This runs in a task, because others wait for the answer and this future may not be
        // polled.
        let existing = spawn(StartingJob { starter: self, job: Arc::clone(&job) }.run()).await?;
        Ok(existing.map(|existing| (job, existing)))
    }

    /// Polls the slot and sends the request if the slot is free. `None` while another job is in it.
    async fn claim_slot(&self, job: &Job) -> Result<Option<Existing>> {
        if self.watch.poll_slot().await? {
            return Ok(None);
        }
        // Not listed earlier: what is created while this call waits is not its result.
        let existing =
            self.watch.requested.list_by_title(&self.watch.portal).await?.into_iter().map(|room| room.id).collect();
        self.is_sent.store(true, Ordering::Relaxed);
        let answer = self.watch.requested.call().outcome((self.send)(self.watch.portal.clone()).await).await?;
        // An answer with an id or progress is about the job of a faster caller.
        if answer.is_some_and(|status| status.created_id.is_some() || status.progress > 0.0) {
            self.is_sent.store(false, Ordering::Relaxed);
            self.watch.slot().note(true);
            return Ok(None);
        }
        *job.state() = JobState::Running(None, None);
        Ok(Some(existing))
    }
}

impl Watch {
    fn slot(&self) -> &Slot {
        match self.requested.product {
            Product::Template => &self.jobs.templates,
            Product::Room => &self.jobs.rooms,
        }
    }

    fn queue(&self) -> &Queue<Job> {
        &self.slot().jobs
    }

    /// Polls the slot, unless the end of the job is known or another poll is recent enough.
    async fn refresh(&self, job: &Job, max_age: Duration) -> Result<()> {
        if !job.is_over() && !job.is_fresh(max_age) {
            self.poll_slot().await?;
        }
        Ok(())
    }

    /// Reads the status in the slot for all jobs that it concerns. Returns whether the slot is
    /// taken.
    async fn poll_slot(&self) -> Result<bool> {
        let observed: Vec<Arc<Job>> = self.queue().in_flight().into_iter().filter(|job| job.begin_poll()).collect();
        let status = self.requested.product.status(&self.portal).await?;
        observed.iter().for_each(|job| job.observe(status.as_ref()));
        let is_taken = status.is_some_and(|status| !status.is_done);
        self.slot().note(is_taken);
        self.queue().wake();
        Ok(is_taken)
    }
}

/// A job that is being started. If it does not get the slot, or is dropped, others can start.
struct StartingJob {
    starter: Arc<Starter>,
    job: Arc<Job>,
}

impl StartingJob {
    async fn run(self) -> Result<Option<Existing>> {
        self.starter.claim_slot(&self.job).await
    }
}

impl Drop for StartingJob {
    fn drop(&mut self) {
        if self.job.is_starting() {
            self.starter.watch.queue().leave(&self.job);
        }
    }
}

/// Polls one job.
struct JobPoller {
    watch: Arc<Watch>,
    job: Arc<Job>,
    existing: Existing,
    is_verifying: bool,
}

impl Poller<Room> for JobPoller {
    fn poll(&mut self, poll: Poll) -> BoxFuture<'_, Result<Observation<Room>>> {
        Box::pin(self.observe(poll))
    }

    fn cancel(&mut self) -> BoxFuture<'_, Result<()>> {
        let operation = match self.watch.requested.product {
            Product::Template => "cancel_template",
            Product::Room => "cancel_room_from_template",
        };
        let call = Call::new(operation, format!("`{}`", self.watch.requested.title));
        let error = Error::invalid("a portal cannot cancel this").of(&call);
        Box::pin(async { Err(error.advise("wait for the end, then delete the result")) })
    }

    fn ticket(&self) -> Option<Ticket> {
        let created_id = match *self.job.state() {
            JobState::Running(created_id, _) | JobState::Ended(created_id, _) => created_id,
            JobState::Starting => None,
        };
        let (requested, existing) = (self.watch.requested.clone(), self.existing.clone());
        Some(Ticket::new(json!({ KEY: JobTicket { requested, existing, created_id } })))
    }
}

impl JobPoller {
    async fn observe(&mut self, poll: Poll) -> Result<Observation<Room>> {
        self.watch.refresh(&self.job, poll.max_age).await?;
        let state = self.job.state().clone();
        match state {
            JobState::Ended(created_id, error) if self.is_verifying || poll.is_last => {
                let Watch { portal, requested, .. } = &*self.watch;
                let room = requested.outcome(portal, &self.existing, created_id, error.as_deref()).await?;
                // A creation with a lost answer must not mistake this room for its own.
                portal.state::<Creations>().remember(&room.id);
                Ok(Observation::Done(room))
            }
            JobState::Ended(..) => {
                self.is_verifying = true;
                Ok(Observation::Ended(None))
            }
            JobState::Running(Some(_), _) => Ok(Observation::Pending(Stage::Running, None)),
            JobState::Running(None, _) | JobState::Starting => Ok(Observation::Pending(Stage::Accepted, None)),
        }
    }
}
