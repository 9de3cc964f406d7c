"""Numbers, times and counts as the language of the window writes them. QtCore alone."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QObject, QTimeZone

translate = QCoreApplication.translate


def number(value: float) -> str:
    """Write a number with the separators of the language; decimals only below 100 and where there are any."""
    if isinstance(value, int) or value == int(value) or value >= 100:
        return QLocale().toString(round(value))
    return QLocale().toString(float(value), "f", 1)


def _local(stamp: str) -> QDateTime:
    seconds = datetime.fromisoformat(stamp.replace("Z", "+00:00")).timestamp()
    return QDateTime.fromMSecsSinceEpoch(round(seconds * 1000), QTimeZone(QTimeZone.Initialization.UTC)).toLocalTime()


def moment(stamp: str) -> str:
    """Write an ISO 8601 instant as the person's own date and time."""
    return _whole(QLocale().toString(_local(stamp), QLocale.FormatType.ShortFormat))


def short_day(stamp: str) -> str:
    """Write the day of an instant in figures."""
    return QLocale().toString(_local(stamp).date(), QLocale.FormatType.ShortFormat)


def clock(stamp: str) -> str:
    """Write the time of day of an instant."""
    return _whole(QLocale().toString(_local(stamp).time(), QLocale.FormatType.ShortFormat))


def _whole(time: str) -> str:
    """Keep a time on one line: 14 h 10."""
    return time.replace(" ", "\u00a0")


def day(stamp: str) -> str:
    """Write the day of an instant: today, yesterday, or the date."""
    date, today = _local(stamp).date(), QDateTime.currentDateTime().date()
    if date == today:
        return translate("Figures", "Today")
    if date == today.addDays(-1):
        return translate("Figures", "Yesterday")
    return QLocale().toString(date, QLocale.FormatType.LongFormat)


def moment_soon(stamp: str) -> str:
    """Write an instant shortly: the time alone for today, the date and time for other days."""
    same_day = _local(stamp).date() == QDateTime.currentDateTime().date()
    return clock(stamp) if same_day else moment(stamp)


def duration(seconds: float) -> str:
    """Write a length of time with one or two units."""
    if seconds < 10:
        return translate("Figures", "{0} s").format(number(round(seconds, 1)))
    if seconds < 60:
        return translate("Figures", "{0} s").format(number(round(seconds)))
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return translate("Figures", "{0} min {1} s").format(number(minutes), rest)
    return translate("Figures", "{0} h {1} min").format(number(minutes // 60), minutes % 60)


def age(seconds: float) -> str:
    """Write how long ago something was, in the one unit that matters."""
    minutes = max(1, round(seconds / 60))
    if minutes < 120:
        return counts.minutes(minutes)
    return counts.hours(minutes // 60) if minutes < 48 * 60 else counts.days(minutes // (24 * 60))


class _Counts(QObject):
    """Every phrase whose words depend on a count."""

    def records(self, n: int) -> str:
        return self.tr("%Ln record(s)", "", n)

    def fields(self, n: int) -> str:
        return self.tr("%Ln field(s)", "", n)

    def pairs(self, n: int) -> str:
        return self.tr("%Ln pair(s)", "", n)

    def accept_suggestions(self, n: int) -> str:
        return self.tr("Accept %Ln suggested pair(s)", "", n)

    def accept_certain(self, n: int) -> str:
        return self.tr("Accept %Ln certain", "", n)

    def look_certain(self, n: int) -> str:
        return self.tr("%Ln suggested pair(s) look certain: Shift+Enter accepts them.", "", n)

    def paired(self, n: int) -> str:
        return self.tr("%Ln paired", "", n)

    def not_paired(self, n: int) -> str:
        return self.tr("%Ln without a pair", "", n)

    def suggested(self, n: int) -> str:
        return self.tr("%Ln suggested", "", n)

    def opt_ins(self, n: int) -> str:
        return self.tr("%Ln opt-in(s)", "", n)

    def add_opt_ins(self, n: int) -> str:
        return self.tr("Add %Ln opt-in(s)", "", n)

    def taken_out(self, n: int) -> str:
        return self.tr("%Ln word(s) were taken out.", "", n)

    def none_connected(self, n: int) -> str:
        return self.tr("This project has %Ln opt-in(s), and none is sent to Salesforce.", "", n)

    def people_found(self, n: int) -> str:
        return self.tr("%Ln person(s) found", "", n)

    def entries_exported(self, n: int) -> str:
        return self.tr("%Ln entry(ies) written to {0}", "", n)

    def projects(self, n: int) -> str:
        return self.tr("%Ln project(s)", "", n)

    def sent(self, n: int) -> str:
        return self.tr("%Ln sent", "", n)

    def set_aside(self, n: int) -> str:
        return self.tr("%Ln set aside", "", n)

    def records_wait(self, n: int) -> str:
        return self.tr("%Ln record(s) set aside wait for you.", "", n)

    def conflicts_wait(self, n: int) -> str:
        return self.tr("%Ln value(s) changed on both sides wait for your choice.", "", n)

    def consents_wait(self, n: int) -> str:
        return self.tr("%Ln consent(s) wait for your review.", "", n)

    def values(self, n: int) -> str:
        return self.tr("%Ln value(s)", "", n)

    def consents(self, n: int) -> str:
        return self.tr("%Ln consent(s)", "", n)

    def created(self, n: int) -> str:
        return self.tr("%Ln created", "", n)

    def updated(self, n: int) -> str:
        return self.tr("%Ln updated", "", n)

    def deleted(self, n: int) -> str:
        return self.tr("%Ln marked as deleted", "", n)

    def mapped(self, n: int) -> str:
        return self.tr("%Ln mapped", "", n)

    def every_minutes(self, n: int) -> str:
        return self.tr("Every %Ln min", "", n)

    def calls(self, n: int) -> str:
        return self.tr("%Ln call(s)", "", n)

    def people(self, n: int) -> str:
        return self.tr("%Ln person(s)", "", n)

    def never_looked(self, n: int) -> str:
        return self.tr("%Ln not looked at since they were written", "", n)

    def changes(self, n: int) -> str:
        return self.tr("%Ln change(s)", "", n)

    def send_changes(self, n: int) -> str:
        return self.tr("Send %Ln change(s)", "", n)

    def first_of(self, shown: int, n: int) -> str:
        return self.tr("The first {0} of %Ln change(s) are shown.", "", n).format(number(shown))

    def tries(self, n: int) -> str:
        return self.tr("%Ln attempt(s)", "", n)

    def problems(self, n: int) -> str:
        return self.tr("%Ln problem(s) in the project file", "", n)

    def do_not_suit(self, n: int) -> str:
        return self.tr("%Ln thing(s) in its integrations do not suit this project", "", n)

    def to_correct(self, n: int) -> str:
        return self.tr("%Ln to correct", "", n)

    def run_bars(self, n: int) -> str:
        return self.tr("The last %Ln run(s)", "", n)

    def unchanged(self, n: int) -> str:
        return self.tr("%Ln unchanged", "", n)

    def calls_used(self, n: int) -> str:
        return self.tr("%Ln call(s) used", "", n)

    def written_so_far(self, n: int) -> str:
        return self.tr("%Ln record(s) are written and can be undone", "", n)

    def minutes(self, n: int) -> str:
        return self.tr("%Ln minute(s)", "", n)

    def hours(self, n: int) -> str:
        return self.tr("%Ln hour(s)", "", n)

    def days(self, n: int) -> str:
        return self.tr("%Ln day(s)", "", n)

    def retried(self, n: int) -> str:
        return self.tr("%Ln record(s) will be sent again by the next run.", "", n)

    def dismissed(self, n: int) -> str:
        return self.tr("%Ln record(s) dismissed.", "", n)

    def exported(self, n: int) -> str:
        return self.tr("%Ln record(s) exported.", "", n)

    def chosen(self, n: int) -> str:
        return self.tr("%Ln choice(s) noted; the next run carries them out.", "", n)

    def retry_all(self, n: int) -> str:
        return self.tr("Retry a&ll %Ln", "", n)

    def same_for_others(self, n: int) -> str:
        return self.tr("The same for the %Ln other(s) of this field under this rule", "", n)

    def keep_values(self, n: int) -> str:
        return self.tr("Keep %Ln value(s)", "", n)

    def restore_values(self, n: int) -> str:
        return self.tr("Restore %Ln value(s)", "", n)

    def take_back(self, n: int) -> str:
        return self.tr("Take back %Ln record(s)", "", n)

    def fields_back(self, n: int) -> str:
        return self.tr("%Ln field(s) get back what they held before.", "", n)

    def moved_stay(self, n: int) -> str:
        return self.tr("%Ln field(s) hold something else by now and stay as they are.", "", n)

    def created_stay(self, n: int) -> str:
        return self.tr("%Ln record(s) that the run created stay.", "", n)

    def consents_stay(self, n: int) -> str:
        return self.tr("%Ln consent(s) that the run wrote stay: consents are never taken back.", "", n)

    def runs_today(self, n: int) -> str:
        return self.tr("%Ln run(s) today", "", n)

    def characters(self, n: int) -> str:
        return self.tr("%Ln character(s)", "", n)

    def dismiss_question(self, n: int) -> str:
        return self.tr("Dismiss %Ln record(s)?", "", n)

    # what a pair makes of real records

    def rounded_to(self, n: int) -> str:
        return self.tr("Numbers are rounded to %Ln decimal(s); a half goes away from zero.", "", n)

    def have_decimals(self, n: int, of: int) -> str:
        return self.tr("%Ln of {0} sampled records have decimals.", "", n).format(number(of))

    def have_more_decimals(self, n: int, of: int, limit: int) -> str:
        text = self.tr("%Ln of {0} sampled records have more than {1} decimals.", "", n)
        return text.format(number(of), number(limit))

    def are_longer(self, n: int, of: int, limit: int, longest: int) -> str:
        text = self.tr("%Ln of {0} sampled records are longer than {1} characters; the longest has {2}.", "", n)
        return text.format(number(of), number(limit), number(longest))

    def are_too_large(self, n: int, of: int) -> str:
        return self.tr("%Ln of {0} sampled records hold too large a number.", "", n).format(number(of))

    def are_not_listed(self, n: int, of: int) -> str:
        return self.tr("%Ln of {0} sampled records hold a value that is not in the list.", "", n).format(number(of))

    def are_no_email(self, n: int, of: int) -> str:
        return self.tr("%Ln of {0} sampled records hold no e-mail address.", "", n).format(number(of))

    def hold_several(self, n: int, of: int) -> str:
        return self.tr("%Ln of {0} sampled records hold several values.", "", n).format(number(of))

    def are_empty(self, n: int, of: int) -> str:
        return self.tr("%Ln of {0} sampled records are empty.", "", n).format(number(of))

    def cannot_be_read(self, n: int, of: int) -> str:
        return self.tr("%Ln of {0} sampled records hold a value of another kind.", "", n).format(number(of))

    def are_rounded(self, n: int, of: int) -> str:
        return self.tr("%Ln of {0} sampled records are rounded.", "", n).format(number(of))

    def are_shortened(self, n: int, of: int) -> str:
        return self.tr("%Ln of {0} sampled records are shortened.", "", n).format(number(of))

    def are_mended(self, n: int, of: int) -> str:
        return self.tr("%Ln of {0} sampled records are changed so that they fit.", "", n).format(number(of))

    def looked_at(self, n: int, filled: int) -> str:
        return self.tr("%Ln record(s) looked at, {0} with a value.", "", n).format(number(filled))

    def left_set_aside(self, n: int) -> str:
        return self.tr("%Ln still set aside", "", n)

    # the import of a file

    def rows(self, n: int) -> str:
        return self.tr("%Ln row(s)", "", n)

    def about_rows(self, n: int) -> str:
        return self.tr("about %Ln row(s)", "", n)

    def columns(self, n: int) -> str:
        return self.tr("%Ln column(s)", "", n)

    def import_rows(self, n: int) -> str:
        return self.tr("&Import %Ln row(s)", "", n)

    def check_rows(self, n: int) -> str:
        return self.tr("&Check about %Ln row(s)", "", n)

    def save_rows(self, n: int) -> str:
        return self.tr("&Save the %Ln row(s) as CSV…", "", n)

    def correct_rows(self, n: int) -> str:
        return self.tr("Co&rrect the %Ln row(s)…", "", n)

    def rows_in_already(self, n: int) -> str:
        return self.tr("%Ln row(s) went out already; what is corrected here is sent now.", "", n)

    def rows_corrected(self, n: int) -> str:
        return self.tr("%Ln row(s) corrected here; the file itself is not changed.", "", n)

    def rows_sent_before(self, n: int) -> str:
        return self.tr("%Ln row(s) went out before this import was stopped; none goes out twice.", "", n)

    def cells_cut(self, n: int) -> str:
        return self.tr("%Ln will be shortened", "", n)

    def rows_refused(self, n: int) -> str:
        return self.tr("%Ln row(s) refused", "", n)

    def go_on_rows(self, n: int) -> str:
        return self.tr("&Go on with %Ln row(s)", "", n)

    def erased_people(self, n: int) -> str:
        return self.tr("%Ln person(s) of this file were erased from Dialog Insight", "", n)

    def bring_back(self, n: int) -> str:
        return self.tr("Bring %Ln person(s) back", "", n)

    # everything compared

    def compared_calls(self, n: int) -> str:
        return self.tr("Each person is looked up in Dialog Insight too: about %Ln call(s).", "", n)

    # fields that Salesforce does not have yet

    def install_fields(self, n: int) -> str:
        return self.tr("&Install %Ln field(s)…", "", n)

    def problems_here(self, n: int) -> str:
        return self.tr("%Ln problem(s) in this mapping", "", n)

    # the preparation of an org

    def install_components(self, n: int) -> str:
        return self.tr("&Install %Ln component(s)", "", n)

    def remove_components(self, n: int) -> str:
        return self.tr("&Remove %Ln component(s)", "", n)

    def components_conflict(self, n: int) -> str:
        return self.tr("%Ln conflict(s)", "", n)

    def access_given(self, n: int) -> str:
        return self.tr("%Ln user(s) can see the fields now", "", n)

    def access_had(self, n: int) -> str:
        return self.tr("%Ln had access already", "", n)

    def access_refused(self, n: int) -> str:
        return self.tr("%Ln user(s) cannot be given access", "", n)

    def hold_a_value(self, n: int) -> str:
        return self.tr("%Ln record(s) hold a value", "", n)


counts = _Counts()
"""The one place where counted phrases are made, so that their plurals are translated together."""
