"""Exports of a phone as tests write them."""

import io
import zipfile

DOCTYPE = """<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 12 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ELEMENT Record ((MetadataEntry)*)>
<!ATTLIST Record
  type          CDATA #REQUIRED
  startDate     CDATA #REQUIRED
>
]>
"""
ZONE = "+0100"


def asleep(start: str, end: str, stage: str = "AsleepCore", source: str = "Watch", zone: str = "") -> str:
    """One stretch of a night; `start` and `end` as '2026-03-01 23:00'."""
    metadata = f'<MetadataEntry key="HKTimeZone" value="{zone}"/>' if zone else ""
    return (
        f' <Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="{source}" '
        f'startDate="{start}:00 {ZONE}" endDate="{end}:00 {ZONE}" '
        f'value="HKCategoryValueSleepAnalysis{stage}">{metadata}</Record>'
    )


def walked(start: str, steps: str, source: str = "iPhone", hardware: str = "iPhone14,5") -> str:
    """Steps counted from a moment on."""
    device = f"&lt;&lt;HKDevice: 0x1&gt;, name:iPhone, model:iPhone, hardware:{hardware}, software:17.1&gt;"
    return (
        f' <Record type="HKQuantityTypeIdentifierStepCount" sourceName="{source}" device="{device}" unit="count" '
        f'startDate="{start}:00 {ZONE}" endDate="{start}:59 {ZONE}" value="{steps}"/>'
    )


def beat(at: str) -> str:
    """A heart rate, which has no place here."""
    return (
        ' <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" unit="count/min" '
        f'startDate="{at}:00 {ZONE}" endDate="{at}:00 {ZONE}" value="71"/>'
    )


def export(*records: str, exported: str = "2026-03-10 10:00", born: str = "1980-02-29", doctype: str = DOCTYPE) -> str:
    """An export.xml of those records."""
    me = f' <Me HKCharacteristicTypeIdentifierDateOfBirth="{born}"/>'
    lines = (f' <ExportDate value="{exported}:00 {ZONE}"/>' if exported else "", me, *records)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}<HealthData locale="en_GB">\n' + "\n".join(
        (*lines, "</HealthData>\n")
    )


def zipped(xml: str | bytes, name: str = "apple_health_export/export.xml", more: int = 0) -> bytes:
    """The export.zip of a phone, with what else is in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("apple_health_export/export_cda.xml", "<ClinicalDocument xmlns='urn:hl7-org:v3'/>")
        for number in range(more):
            archive.writestr(f"apple_health_export/workout-routes/route_{number}.gpx", "<gpx/>")
        archive.writestr(name, xml)
    return made.getvalue()
