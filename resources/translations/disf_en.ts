<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>_Counts</name>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln record</numerusform>
            <numerusform>%Ln records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s)</source>
        <translation>
            <numerusform>%Ln field</numerusform>
            <numerusform>%Ln fields</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pair(s)</source>
        <translation>
            <numerusform>%Ln pair</numerusform>
            <numerusform>%Ln pairs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln opt-in(s)</source>
        <translation>
            <numerusform>%Ln opt-in</numerusform>
            <numerusform>%Ln opt-ins</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln project(s)</source>
        <translation>
            <numerusform>%Ln project</numerusform>
            <numerusform>%Ln projects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sent</source>
        <translation>
            <numerusform>%Ln sent</numerusform>
            <numerusform>%Ln sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln set aside</source>
        <translation>
            <numerusform>%Ln set aside</numerusform>
            <numerusform>%Ln set aside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) set aside wait for you.</source>
        <translation>
            <numerusform>%Ln record set aside waits for you.</numerusform>
            <numerusform>%Ln records set aside wait for you.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s) changed on both sides wait for your choice.</source>
        <translation>
            <numerusform>%Ln value changed on both sides waits for your choice.</numerusform>
            <numerusform>%Ln values changed on both sides wait for your choice.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln consent(s) wait for your review.</source>
        <translation>
            <numerusform>%Ln consent waits for your review.</numerusform>
            <numerusform>%Ln consents wait for your review.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s)</source>
        <translation>
            <numerusform>%Ln value</numerusform>
            <numerusform>%Ln values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln consent(s)</source>
        <translation>
            <numerusform>%Ln consent</numerusform>
            <numerusform>%Ln consents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln created</source>
        <translation>
            <numerusform>%Ln created</numerusform>
            <numerusform>%Ln created</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln updated</source>
        <translation>
            <numerusform>%Ln updated</numerusform>
            <numerusform>%Ln updated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln marked as deleted</source>
        <translation>
            <numerusform>%Ln marked as deleted</numerusform>
            <numerusform>%Ln marked as deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln mapped</source>
        <translation>
            <numerusform>%Ln mapped</numerusform>
            <numerusform>%Ln mapped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Every %Ln min</source>
        <translation>
            <numerusform>Every %Ln min</numerusform>
            <numerusform>Every %Ln min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s)</source>
        <translation>
            <numerusform>%Ln call</numerusform>
            <numerusform>%Ln calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln person(s)</source>
        <translation>
            <numerusform>%Ln person</numerusform>
            <numerusform>%Ln people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not looked at since they were written</source>
        <translation>
            <numerusform>%Ln not looked at since it was written</numerusform>
            <numerusform>%Ln not looked at since they were written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln change</numerusform>
            <numerusform>%Ln changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln change(s)</source>
        <translation>
            <numerusform>Send %Ln change</numerusform>
            <numerusform>Send %Ln changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first {0} of %Ln change(s) are shown.</source>
        <translation>
            <numerusform>The first {0} of %Ln change is shown.</numerusform>
            <numerusform>The first {0} of %Ln changes are shown.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln attempt(s)</source>
        <translation>
            <numerusform>%Ln attempt</numerusform>
            <numerusform>%Ln attempts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln problem(s) in the project file</source>
        <translation>
            <numerusform>%Ln problem in the project file</numerusform>
            <numerusform>%Ln problems in the project file</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln to correct</source>
        <translation>
            <numerusform>%Ln to correct</numerusform>
            <numerusform>%Ln to correct</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The last %Ln run(s)</source>
        <translation>
            <numerusform>The last run</numerusform>
            <numerusform>The last %Ln runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) will be sent again by the next run.</source>
        <translation>
            <numerusform>%Ln record will be sent again by the next run.</numerusform>
            <numerusform>%Ln records will be sent again by the next run.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) dismissed.</source>
        <translation>
            <numerusform>%Ln record dismissed.</numerusform>
            <numerusform>%Ln records dismissed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) exported.</source>
        <translation>
            <numerusform>%Ln record exported.</numerusform>
            <numerusform>%Ln records exported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln choice(s) noted; the next run carries them out.</source>
        <translation>
            <numerusform>%Ln choice noted; the next run carries it out.</numerusform>
            <numerusform>%Ln choices noted; the next run carries them out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dismiss %Ln record(s)?</source>
        <translation>
            <numerusform>Dismiss %Ln record?</numerusform>
            <numerusform>Dismiss %Ln records?</numerusform>
        </translation>
    </message>
</context>
</TS>
