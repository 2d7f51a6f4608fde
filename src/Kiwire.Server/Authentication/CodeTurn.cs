using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Sms;

namespace Kiwire.Server.Authentication;

/// <summary>How far a login has come that needs a one-time code (check 10).</summary>
internal sealed class CodeTurn(SmsPolicy policy, PhoneNumber phone, bool isNamedByPhone)
{
    public SmsPolicy Policy => policy;

    /// <summary>Where codes of this account go.</summary>
    public PhoneNumber Phone => phone;

    /// <summary>The number is the user name: the code alone lets in.</summary>
    public bool IsNamedByPhone => isNamedByPhone;

    /// <summary>The code that the request's State asked for; 0: it has none.</summary>
    public long AskedFor { get; set; }

    /// <summary>The last code that went to the number has been looked up; <see cref="Stored"/> is the answer.</summary>
    public bool LookedUp { get; set; }

    public StoredCode? Stored { get; set; }

    /// <summary>What the client has proved to know: the code, or the password with the code behind it. Null: nothing yet.</summary>
    public byte[]? Proved { get; set; }

    /// <summary>The code is this login's: used up for it, or used by this device before and still its own.</summary>
    public bool Taken { get; set; }

    /// <summary>The code was somebody else's in the end.</summary>
    public bool Lost { get; set; }

    /// <summary>What became of asking for a code; null: none was asked for.</summary>
    public CodeAnswer? Answer { get; set; }

    /// <summary>After a wrong code that was counted: how often another one may be tried.</summary>
    public int? AttemptsLeft { get; set; }
}
