"""What programs use: the interface under /api/v1, the calendar of deadlines, the metrics. A resource = a file under v1/."""
