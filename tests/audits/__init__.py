"""What the audits share: bars, a report, a site served as a release, and the programs that judge."""
