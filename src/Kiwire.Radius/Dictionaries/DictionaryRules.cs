namespace Kiwire.Radius.Dictionaries;

/// <summary>What to make of definitions that FreeRADIUS's own collection needs and that are most often mistakes elsewhere.</summary>
public enum DictionaryRules
{
    /// <summary>As FreeRADIUS does: several names may stand for one number, and the last one is what the number is called and read as
    /// (old names, and vendors that took numbers of the standard space); attributes of type octets may have named values.</summary>
    AsFreeRadius,

    /// <summary>A second name for a number, a second definition of a name that says something else, and names for the values of what is
    /// not a number are errors.</summary>
    Strict,
}
