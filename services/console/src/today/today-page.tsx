/** The tasks of the person. */
export const TodayPage = () => <p>Your tasks</p>
