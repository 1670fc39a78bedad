"""Ways by which notifications about requests reach people."""
