"""The hosting: one process that keeps webinars and media, and puts sessions on at their hour.

A folder per noun: `tables` (what is stored), `service` (what may be done; no HTTP, no commit), `routes` (HTTP; no SQL).
Of the editor it borrows the schedule, the protocol and the errors, and nothing else.
"""
