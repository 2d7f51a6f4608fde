namespace Kiwire.Server.Accounts;

/// <summary>How a profile counts time.</summary>
internal enum ProfileType
{
    /// <summary>Minutes online, used up only while online.</summary>
    Countdown = 0,

    /// <summary>Minutes from the first login, online or not.</summary>
    Expiration = 1,

    /// <summary>No time limit.</summary>
    Free = 2,

    /// <summary>No time limit; each session is charged by the started minute.</summary>
    PayAsYouUse = 3,
}
