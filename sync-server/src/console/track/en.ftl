track-title = Track of the day
track-day-link = All tracks of the executor on that day
track-before = Day before
track-after = Day after
track-none = No track of this day is here, or the project's place is not marked.
track-tasks = Tasks at work on that day
track-began = Begun
