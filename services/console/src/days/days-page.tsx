/** The days of the person. */
export const DaysPage = () => <p>Your days</p>
