//! Making a template, or a room from a template: started, waited for, and judged by what is there.
//!
//! A portal runs one job of each kind at a time, for all of its people, and assigns no ids. While a job is running, another
//! request is answered with 200 and the status of the running job, and is dropped for good. A job that fails can leave an
//! empty room of the right title behind (recordings templates/two-at-once and templates/failed-jobs). So the slot is
//! looked at before anything is sent, and what came out is compared with what was asked for.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use docspace_api::types::{Room, RoomFromTemplateStatus, TemplateStatus};
use docspace_api::{ClientTemplatesExt, Error as ApiError};

use super::outcome::{Before, Kind, Wanted};
use crate::error::{Call, Error, Result};
use crate::platform::{BoxFuture, Instant, MaybeSend, spawn};
use crate::portal::Portal;
use crate::rooms::Creations;
use crate::waiting::{InFlight, Observation, Operation, Poll, Poller, Queue, Stage};

/// The jobs that this program has in flight on a portal.
#[derive(Debug, Default)]
pub(crate) struct TemplateJobs {
    templates: Slot,
    rooms: Slot,
}

/// A portal's slot for one kind of job.
#[derive(Debug, Default)]
struct Slot {
    jobs: Queue<Job>,
    /// When a job was last seen in it. It can be another program's, which is none of `jobs`.
    taken: Mutex<Option<Instant>>,
}

impl Slot {
    fn note(&self, is_taken: bool) {
        *self.taken.lock().unwrap_or_else(PoisonError::into_inner) = is_taken.then(Instant::now);
    }

    /// Whether a job was in it a moment ago.
    fn was_taken(&self, max_age: Duration) -> bool {
        let taken = *self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.is_some_and(|at| at.elapsed() < max_age)
    }
}

/// A job in a portal's slot.
#[derive(Debug, Default)]
pub(super) struct Job(Mutex<JobState>);

#[derive(Clone, Debug, Default)]
enum JobState {
    /// Its request has not been answered.
    #[default]
    Starting,
    /// In the slot, with the id of what is being made once that is known, as last polled.
    Running(Option<i32>, Option<Instant>),
    /// Ended, with what was being made and the portal's words, if the portal still knew them.
    Ended(Option<i32>, Option<String>),
}

impl Job {
    fn state(&self) -> MutexGuard<'_, JobState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_starting(&self) -> bool {
        matches!(*self.state(), JobState::Starting)
    }

    /// Whether it was in the slot a moment ago.
    fn is_fresh(&self, max_age: Duration) -> bool {
        matches!(*self.state(), JobState::Running(_, Some(polled)) if polled.elapsed() < max_age)
    }

    /// Notes that the slot is polled. Whether the job is there, so that the answer is about it.
    fn begin_poll(&self) -> bool {
        let mut state = self.state();
        let JobState::Running(_, polled) = &mut *state else { return false };
        *polled = Some(Instant::now());
        true
    }

    /// Takes in what was found in the slot. The portal forgets a status a minute after its last change.
    fn observe(&self, status: Option<&Status>) {
        let mut state = self.state();
        let JobState::Running(made, polled) = *state else { return };
        *state = match status {
            // Another job has the slot if something else is being made there.
            Some(status) if made.is_some() && status.made.is_some() && made != status.made => {
                JobState::Ended(made, None)
            }
            Some(status) if !status.is_done => JobState::Running(status.made.or(made), polled),
            Some(status) => JobState::Ended(status.made.or(made), Some(status.error.clone())),
            None => JobState::Ended(made, None),
        };
    }
}

impl InFlight for Job {
    fn is_over(&self) -> bool {
        matches!(*self.state(), JobState::Ended(..))
    }
}

impl Kind {
    /// Reads what is in the slot; `None` when nothing was, or what was has ended more than a minute ago.
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

/// What both kinds of status report.
pub(super) struct Status {
    /// The id of what is being made, once it is known.
    made: Option<i32>,
    progress: f64,
    error: String,
    is_done: bool,
}

impl From<TemplateStatus> for Status {
    fn from(status: TemplateStatus) -> Self {
        let made = Some(status.template_id).filter(|id| *id > 0);
        Self { made, progress: status.progress, error: status.error, is_done: status.is_completed }
    }
}

impl From<RoomFromTemplateStatus> for Status {
    fn from(status: RoomFromTemplateStatus) -> Self {
        let made = Some(status.room_id).filter(|id| *id > 0);
        Self { made, progress: status.progress, error: status.error, is_done: status.is_completed }
    }
}

/// What a request that takes the slot is answered.
pub(super) type Answer = Result<Option<Status>, ApiError<()>>;

/// Waits for the slot, takes it with `send`, and makes what is wanted.
pub(super) async fn start<F>(
    portal: Portal,
    wanted: Wanted,
    send: impl Fn(Portal) -> F + Send + Sync + 'static,
) -> Result<Operation<Room>>
where
    F: Future<Output = Answer> + MaybeSend + 'static,
{
    let send: Arc<SendRequest> = Arc::new(move |portal| Box::pin(send(portal)));
    let starter = Arc::new(Starter { jobs: portal.state(), portal, wanted, send, is_sent: AtomicBool::new(false) });
    let (policy, call) = (starter.portal.wait_policy().clone(), starter.wanted.call.clone());
    let attempt = |max_age| -> BoxFuture<'_, _> { Box::pin(Arc::clone(&starter).try_start(max_age)) };
    let (job, before) = starter.queue().start(&policy, &call, &starter.is_sent, attempt).await?;
    Ok(Operation::new(call, &policy, JobPoller { starter, job, before, is_verifying: false }))
}

/// Sends the request.
type SendRequest = dyn Fn(Portal) -> BoxFuture<'static, Answer> + Send + Sync;

/// Takes the slot for what is wanted.
struct Starter {
    portal: Portal,
    wanted: Wanted,
    send: Arc<SendRequest>,
    is_sent: AtomicBool,
    jobs: Arc<TemplateJobs>,
}

impl Starter {
    fn slot(&self) -> &Slot {
        match self.wanted.kind {
            Kind::Template => &self.jobs.templates,
            Kind::Room => &self.jobs.rooms,
        }
    }

    fn queue(&self) -> &Queue<Job> {
        &self.slot().jobs
    }

    async fn try_start(self: Arc<Self>, max_age: Duration) -> Result<Option<(Arc<Job>, Before)>> {
        let is_fresh = self.queue().in_flight().iter().any(|job| job.is_fresh(max_age));
        if is_fresh || self.slot().was_taken(max_age) {
            return Ok(None);
        }
        let entered = self.queue().try_enter(usize::MAX, |other| !other.is_starting(), Job::default);
        let Some(job) = entered else { return Ok(None) };
        // Runs in a task, because others wait for the answer and this future may not be polled.
        let before = spawn(StartingJob { starter: self, job: Arc::clone(&job) }.run()).await?;
        Ok(before.map(|before| (job, before)))
    }

    /// Polls the slot and, where it is free, sends the request. `None` while a job is there.
    async fn claim_slot(&self, job: &Job) -> Result<Option<Before>> {
        if self.poll_slot().await? {
            return Ok(None);
        }
        // Not earlier: what was made while this waited is not what comes out of it.
        let before = self.wanted.of_title(&self.portal).await?.into_iter().map(|room| room.id).collect();
        self.is_sent.store(true, Ordering::Relaxed);
        let answer = self.wanted.call.outcome((self.send)(self.portal.clone()).await).await?;
        // An answer that knows what is being made, or how far it is, is about the job of somebody who was faster.
        if answer.is_some_and(|status| status.made.is_some() || status.progress > 0.0) {
            self.is_sent.store(false, Ordering::Relaxed);
            self.slot().note(true);
            return Ok(None);
        }
        *job.state() = JobState::Running(None, None);
        Ok(Some(before))
    }

    /// Polls for a job, unless its end is known or another poll is recent enough.
    async fn refresh(&self, job: &Job, max_age: Duration) -> Result<()> {
        if !job.is_over() && !job.is_fresh(max_age) {
            self.poll_slot().await?;
        }
        Ok(())
    }

    /// Reads what is in the slot, for all whom it concerns. Whether the slot is taken.
    async fn poll_slot(&self) -> Result<bool> {
        let there: Vec<Arc<Job>> = self.queue().in_flight().into_iter().filter(|job| job.begin_poll()).collect();
        let status = self.wanted.kind.status(&self.portal).await?;
        there.iter().for_each(|job| job.observe(status.as_ref()));
        let is_taken = status.is_some_and(|status| !status.is_done);
        self.slot().note(is_taken);
        self.queue().wake();
        Ok(is_taken)
    }
}

/// A job that is being started. When that ends without its taking the slot, also by being dropped, others may start.
struct StartingJob {
    starter: Arc<Starter>,
    job: Arc<Job>,
}

impl StartingJob {
    async fn run(self) -> Result<Option<Before>> {
        self.starter.claim_slot(&self.job).await
    }
}

impl Drop for StartingJob {
    fn drop(&mut self) {
        if self.job.is_starting() {
            self.starter.queue().leave(&self.job);
        }
    }
}

/// Waits for one template, or one room from a template.
struct JobPoller {
    starter: Arc<Starter>,
    job: Arc<Job>,
    before: Before,
    is_verifying: bool,
}

impl Poller<Room> for JobPoller {
    fn poll(&mut self, poll: Poll) -> BoxFuture<'_, Result<Observation<Room>>> {
        Box::pin(self.observe(poll))
    }

    fn cancel(&mut self) -> BoxFuture<'_, Result<()>> {
        let operation = match self.starter.wanted.kind {
            Kind::Template => "cancel_template",
            Kind::Room => "cancel_room_from_template",
        };
        let call = Call::new(operation, format!("`{}`", self.starter.wanted.title));
        let error = Error::invalid("a portal has no way to stop it").of(&call);
        Box::pin(async { Err(error.advise("wait for the job, then delete the result")) })
    }
}

impl JobPoller {
    async fn observe(&mut self, poll: Poll) -> Result<Observation<Room>> {
        self.starter.refresh(&self.job, poll.max_age).await?;
        let state = self.job.state().clone();
        match state {
            JobState::Ended(made, error) if self.is_verifying || poll.is_last => {
                let Starter { portal, wanted, .. } = &*self.starter;
                let room = wanted.outcome(portal, &self.before, made, error.as_deref()).await?;
                // It must not be taken for what came out of a creation whose answer was lost.
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
