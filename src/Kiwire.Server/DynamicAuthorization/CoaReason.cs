namespace Kiwire.Server.DynamicAuthorization;

/// <summary>Why a NAS was asked to end or change a session; a word or two, as the log has it.</summary>
internal readonly record struct CoaReason(string Word)
{
    public static readonly CoaReason ByHand = new("by hand");
    public static readonly CoaReason Time = new("time");
    public static readonly CoaReason Volume = new("volume");
    public static readonly CoaReason Expired = new("expired");
    public static readonly CoaReason Suspended = new("suspended");
    public static readonly CoaReason Deleted = new("deleted");
    public static readonly CoaReason Profile = new("profile");
    public static readonly CoaReason Displaced = new("displaced");
    public static readonly CoaReason LoginHours = new("login hours");
    public static readonly CoaReason Online = new("online");
    public static readonly CoaReason Test = new("test");

    public override string ToString() => Word;
}
