//! Timestamps that are computed, and conversions from and to other types of time.

use std::ops::{Add, Sub};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, NaiveTime, SubsecRound, TimeDelta, Utc};

use super::Timestamp;

impl Timestamp {
    /// The current time in UTC, to the second, because a portal keeps no fractions.
    pub fn now() -> Self {
        Utc::now().trunc_subsecs(0).into()
    }

    /// This many days from now, to the second.
    ///
    /// ```
    /// use docspace_api::Timestamp;
    ///
    /// assert!(Timestamp::in_days(30) > Timestamp::in_days(29));
    /// ```
    pub fn in_days(days: u16) -> Self {
        Self::now() + TimeDelta::days(days.into())
    }

    /// This many days ago, to the second.
    ///
    /// ```
    /// use docspace_api::Timestamp;
    ///
    /// assert!(Timestamp::days_ago(365) < Timestamp::now());
    /// ```
    pub fn days_ago(days: u16) -> Self {
        Self::now() - TimeDelta::days(days.into())
    }

    /// The same day of the month and time this many calendar months from now. In a shorter month it
    /// is the last day: one month after January 31 is the end of February.
    pub fn in_months(months: u16) -> Self {
        let now = Utc::now().trunc_subsecs(0);
        now.checked_add_months(Months::new(months.into())).unwrap_or(DateTime::<Utc>::MAX_UTC).into()
    }

    /// The last second of a day in UTC.
    ///
    /// ```
    /// use docspace_api::Timestamp;
    ///
    /// let day = "2027-01-31".parse::<Timestamp>()?.date();
    /// assert_eq!(Timestamp::end_of(day), "2027-01-31T23:59:59Z".parse()?);
    /// # Ok::<(), docspace_api::InvalidTimestamp>(())
    /// ```
    pub fn end_of(day: NaiveDate) -> Self {
        day.and_time(last_second()).and_utc().into()
    }

    /// The last second of the current month in UTC.
    pub fn end_of_month() -> Self {
        Self::end_of(last_of_month(Utc::now().date_naive()))
    }
}

fn last_second() -> NaiveTime {
    NaiveTime::from_hms_opt(23, 59, 59).unwrap_or(NaiveTime::MIN)
}

fn last_of_month(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    (first + Months::new(1)) - Days::new(1)
}

/// Moves the instant. It stays within the years that can be written.
impl Add<TimeDelta> for Timestamp {
    type Output = Self;

    fn add(self, delta: TimeDelta) -> Self {
        let limit = if delta < TimeDelta::zero() { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
        self.to_local().checked_add_signed(delta).unwrap_or(limit.fixed_offset()).into()
    }
}

impl Sub<TimeDelta> for Timestamp {
    type Output = Self;

    fn sub(self, delta: TimeDelta) -> Self {
        self + -delta
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        self + TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX)
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        self - TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX)
    }
}

/// The time between two instants, negative if the second one is later.
impl Sub for Timestamp {
    type Output = TimeDelta;

    fn sub(self, other: Self) -> TimeDelta {
        self.to_utc() - other.to_utc()
    }
}

impl From<Timestamp> for DateTime<Utc> {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.to_utc()
    }
}

impl From<Timestamp> for DateTime<FixedOffset> {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.to_local()
    }
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        DateTime::<Utc>::from(time).into()
    }
}

impl From<Timestamp> for SystemTime {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.to_utc().into()
    }
}

#[cfg(feature = "jiff")]
mod jiff_types {
    use super::{DateTime, Timestamp, Utc};

    impl From<jiff::Timestamp> for Timestamp {
        fn from(time: jiff::Timestamp) -> Self {
            // Before 1970, the seconds and the nanoseconds of jiff are both negative.
            let nanoseconds = time.as_nanosecond();
            let seconds = i64::try_from(nanoseconds.div_euclid(1_000_000_000)).unwrap_or(i64::MAX);
            let fraction = u32::try_from(nanoseconds.rem_euclid(1_000_000_000)).unwrap_or_default();
            DateTime::<Utc>::from_timestamp(seconds, fraction).unwrap_or(DateTime::<Utc>::MAX_UTC).into()
        }
    }

    impl From<jiff::Zoned> for Timestamp {
        fn from(time: jiff::Zoned) -> Self {
            time.timestamp().into()
        }
    }

    /// Instants before the year -9999 or after the year 9999 become the nearest one that jiff has.
    impl From<Timestamp> for jiff::Timestamp {
        fn from(timestamp: Timestamp) -> Self {
            let utc = timestamp.to_utc();
            let nanoseconds = i32::try_from(utc.timestamp_subsec_nanos() % 1_000_000_000).unwrap_or_default();
            Self::new(utc.timestamp(), nanoseconds).unwrap_or(if utc.timestamp() < 0 { Self::MIN } else { Self::MAX })
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn months_end_on_their_last_day() {
        for (day, last) in [("2026-02-03", "2026-02-28"), ("2028-02-29", "2028-02-29"), ("2026-12-31", "2026-12-31")] {
            assert_eq!(last_of_month(at(day).date()).to_string(), last);
        }
    }

    #[test]
    fn arithmetic_keeps_the_offset_and_stays_in_range() {
        let time = at("2027-01-31T18:00:00+02:00");
        assert_eq!((time + Duration::from_secs(3600)).to_string(), "2027-01-31T19:00:00.0000000+02:00");
        assert_eq!(time - Duration::from_secs(3600) + TimeDelta::hours(1), time);
        assert_eq!(at("2027-02-01") - at("2027-01-31"), TimeDelta::days(1));
        assert!(time + Duration::MAX > time && time - Duration::MAX < time);
    }

    proptest! {
        #[test]
        fn other_types_of_time_are_converted_both_ways(seconds in -62_000_000_000_i64..250_000_000_000) {
            let time = Timestamp::from(DateTime::<Utc>::from_timestamp(seconds, 500).unwrap());
            prop_assert_eq!(Timestamp::from(SystemTime::from(time)), time);
            prop_assert_eq!(Timestamp::from(DateTime::<FixedOffset>::from(time)), time);
            #[cfg(feature = "jiff")]
            prop_assert_eq!(Timestamp::from(jiff::Timestamp::from(time)), time);
        }
    }
}
