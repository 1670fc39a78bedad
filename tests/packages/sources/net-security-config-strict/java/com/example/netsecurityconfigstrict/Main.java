package com.example.netsecurityconfigstrict;

import android.app.Activity;

public class Main extends Activity { }
