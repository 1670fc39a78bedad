package com.example.guardfieldsetearly;

import android.app.Activity;

public class Main extends Activity { }
